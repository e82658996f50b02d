from cluster_calls import *

MAJOR = VERSION.split('.')[0]
expect('True', cluster('major', EngineVersion=MAJOR)['EngineVersion'] == VERSION)
expect('True', instance('major', 'major-1', EngineVersion=MAJOR)['EngineVersion'] == VERSION)
expect('True', instance('major', 'major-2', EngineVersion=VERSION)['EngineVersion'] == VERSION)
member = lambda version: refused(
    'create_db_instance',
    DBInstanceIdentifier='major-3',
    DBClusterIdentifier='major',
    Engine='aurora-postgresql',
    DBInstanceClass='db.r6g.large',
    EngineVersion=version,
)
expect(
    '400 InvalidParameterCombination: The engine version that you requested for your DB instance (1) does not match the engine version of your DB cluster (VERSION).',
    member('1').replace(VERSION, 'VERSION'),
)
expect(
    'not refused not refused',
    refused('modify_db_cluster', DBClusterIdentifier='major', EngineVersion=MAJOR),
    refused('modify_db_cluster', DBClusterIdentifier='major', EngineVersion=VERSION),
)
expect('501 NotImplemented', refused('modify_db_cluster', DBClusterIdentifier='major', EngineVersion='1').split(':')[0])
a = rds.create_db_instance(
    DBInstanceIdentifier='alone',
    Engine='postgres',
    DBInstanceClass='db.t4g.micro',
    AllocatedStorage=20,
    MasterUsername='app_admin',
    MasterUserPassword=PASSWORD,
    EngineVersion=MAJOR,
)
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='alone', WaiterConfig=FAST)
expect(
    'True not refused not refused',
    a['DBInstance']['EngineVersion'] == VERSION,
    refused('modify_db_instance', DBInstanceIdentifier='alone', EngineVersion=MAJOR),
    refused('modify_db_instance', DBInstanceIdentifier='alone', EngineVersion=VERSION),
)
