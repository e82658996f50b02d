from standalone_instance_steps import *

i = standalone(
    'solo',
    MasterUsername='solo_admin',
    DBName='shop',
    Port=5444,
    Tags=[{'Key': 'a', 'Value': 'b'}],
    CopyTagsToSnapshot=True,
    PubliclyAccessible=False,
)
expect(
    "creating postgres False ['gp3', 20, 3000, 125, None] True",
    i['DBInstanceStatus'],
    i['Engine'],
    'Endpoint' in i,
    storage(i),
    i['DBParameterGroups'][0]['DBParameterGroupName'] == 'default.postgres' + VERSION.split('.')[0],
)
i = settled('solo')
expect(
    '5444 shop solo_admin False False False db- arn:aws:rds:us-east-1:444455556666:db:solo',
    i['Endpoint']['Port'],
    i['DBName'],
    i['MasterUsername'],
    'DBClusterIdentifier' in i,
    i['PubliclyAccessible'],
    i['MultiAZ'],
    i['DbiResourceId'][:3],
    i['DBInstanceArn'],
)
host = i['Endpoint']['Address']
solo = lambda sql, **more: psql(host, sql, port=5444, **{'user': 'solo_admin', **more})
expect('solo_admin|shop', solo('SELECT current_user, current_database()', database='shop'))
expect('f|t', solo("SELECT rolsuper, pg_has_role('rds_superuser', 'MEMBER') FROM pg_roles WHERE rolname = current_user"))
expect(
    '[] 404 DBClusterNotFoundFault',
    [c for c in rds.describe_db_clusters()['DBClusters'] if c['MasterUsername'] == 'solo_admin'],
    refused('describe_db_clusters', DBClusterIdentifier=i['DbiResourceId']).split(':')[0],
)
expect(
    'True',
    'solo'
    in [x['DBInstanceIdentifier'] for x in rds.describe_db_instances(Filters=[{'Name': 'engine', 'Values': ['postgres']}])['DBInstances']],
)
cluster('solo', Port=5444)  # names of clusters and instances do not meet
expect('SELECT 1', solo('CREATE TABLE kept AS SELECT 7 AS n'))
rds.stop_db_instance(DBInstanceIdentifier='solo')
while read('solo')['DBInstanceStatus'] != 'stopped':
    time.sleep(0.1)
expect(
    'True 400 InvalidDBInstanceState: Instance solo is not in available state.',
    'Connection refused' in solo('SELECT 1'),
    refused('stop_db_instance', DBInstanceIdentifier='solo'),
)
rds.start_db_instance(DBInstanceIdentifier='solo')
settled('solo')
expect('7', solo('SELECT n FROM kept'))
rds.modify_db_instance(DBInstanceIdentifier='solo', MasterUserPassword='another-password', DeletionProtection=True, BackupRetentionPeriod=0)
began = time.monotonic()
while solo('SELECT 5', password='another-password') != '5':
    assert time.monotonic() < began + 30
expect(
    '0 400 InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.',
    read('solo')['BackupRetentionPeriod'],
    refused('delete_db_instance', DBInstanceIdentifier='solo', SkipFinalSnapshot=True),
)
rds.modify_db_instance(DBInstanceIdentifier='solo', DeletionProtection=False)
expect(
    '400 InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    refused('delete_db_instance', DBInstanceIdentifier='solo'),
)
rds.delete_db_instance(DBInstanceIdentifier='solo', SkipFinalSnapshot=True)
rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='solo', WaiterConfig=FAST)
expect(
    "['DB instance created']", [e['Message'] for e in rds.describe_events(SourceType='db-instance', SourceIdentifier='solo')['Events']][::3]
)
standalone('solo', Port=5444)
expect('0', psql(settled('solo')['Endpoint']['Address'], "SELECT count(*) FROM pg_class WHERE relname = 'kept'", port=5444))
