from renaming_steps import *

c = cluster('c')
for name in ('one', 'two'):
    instance('c', name)
rds.create_db_cluster_endpoint(DBClusterIdentifier='c', DBClusterEndpointIdentifier='custom', EndpointType='ANY', StaticMembers=['one'])
psql(c['Endpoint'], 'CREATE TABLE kept AS SELECT 7 AS n')
before = rds.describe_db_instances(DBInstanceIdentifier='one')['DBInstances'][0]
expect(
    '400 DBInstanceAlreadyExists: DB instance already exists',
    refused('modify_db_instance', DBInstanceIdentifier='one', NewDBInstanceIdentifier='two'),
)
expect(
    "{'DBInstanceIdentifier': 'later'}",
    rds.modify_db_instance(DBInstanceIdentifier='one', NewDBInstanceIdentifier='later')['DBInstance']['PendingModifiedValues'],
)
after = rename_instance('one', 'uno')
expect(
    'arn:aws:rds:us-east-1:444455556666:db:uno True True {}',
    after['DBInstanceArn'],
    after['DbiResourceId'] == before['DbiResourceId'],
    after['Endpoint'] == before['Endpoint'],
    after['PendingModifiedValues'],
)
expect('404 DBInstanceNotFound: DBInstance one not found.', refused('describe_db_instances', DBInstanceIdentifier='one'))
expect(
    "[('two', False), ('uno', True)]", sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('c')['DBClusterMembers'])
)
expect(
    "[['uno']]", [e['StaticMembers'] for e in rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='custom')['DBClusterEndpoints']]
)
expect('7', psql(c['Endpoint'], 'SELECT n FROM kept'))
rds.reboot_db_instance(DBInstanceIdentifier='uno')
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='uno', WaiterConfig=FAST)
expect(
    'due 7|t', rename_instance('two', 'due')['DBInstanceIdentifier'], psql(c['ReaderEndpoint'], 'SELECT n, pg_is_in_recovery() FROM kept')
)
delete('c', 'due', 'uno')
rds.create_db_instance(
    DBInstanceIdentifier='alone',
    Engine='postgres',
    DBInstanceClass='db.t4g.micro',
    AllocatedStorage=20,
    MasterUsername='app_admin',
    MasterUserPassword=PASSWORD,
)
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='alone', WaiterConfig=FAST)
a = rename_instance('alone', 'solo')
expect('solo 1', a['DBInstanceIdentifier'], psql(a['Endpoint']['Address'], 'SELECT 1'))
rds.stop_db_instance(DBInstanceIdentifier='solo')
while rds.describe_db_instances(DBInstanceIdentifier='solo')['DBInstances'][0]['DBInstanceStatus'] != 'stopped':
    pass
rds.delete_db_instance(DBInstanceIdentifier='solo', SkipFinalSnapshot=True)
rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='solo', WaiterConfig=FAST)
