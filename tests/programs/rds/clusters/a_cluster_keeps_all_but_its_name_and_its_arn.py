from renaming_steps import *

before = cluster('before', Tags=[{'Key': 'a', 'Value': 'b'}])
for name in ('one', 'two'):
    instance('before', name)
rds.add_role_to_db_cluster(DBClusterIdentifier='before', RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
rds.create_db_cluster_endpoint(
    DBClusterIdentifier='before', DBClusterEndpointIdentifier='custom', EndpointType='ANY', StaticMembers=['two']
)
psql(before['Endpoint'], 'CREATE TABLE kept AS SELECT 7 AS n')
cluster('taken')
expect(
    '400 DBClusterAlreadyExistsFault: DB Cluster already exists',
    refused('modify_db_cluster', DBClusterIdentifier='before', NewDBClusterIdentifier='Taken', ApplyImmediately=True),
)
expect(
    '400 InvalidParameterValue: The parameter NewDBClusterIdentifier is not a val',
    refused('modify_db_cluster', DBClusterIdentifier='before', NewDBClusterIdentifier='a--b')[:76],
)
expect(
    "{'DBClusterIdentifier': 'after'} available",
    rds.modify_db_cluster(DBClusterIdentifier='before', NewDBClusterIdentifier='After')['DBCluster']['PendingModifiedValues'],
    describe('before')['Status'],
)
expect(
    'False', 'PendingModifiedValues' in rds.modify_db_cluster(DBClusterIdentifier='before', NewDBClusterIdentifier='before')['DBCluster']
)
after = rename_cluster('before', 'after')
expect(
    '[]',
    [
        n
        for n in (
            'DbClusterResourceId',
            'Endpoint',
            'ReaderEndpoint',
            'AssociatedRoles',
            'TagList',
            'DBClusterMembers',
            'ClusterCreateTime',
        )
        if after[n] != before[n] and n not in ('AssociatedRoles', 'DBClusterMembers')
    ],
)
expect(
    'arn:aws:rds:us-east-1:444455556666:cluster:after 1 404 DBClusterNotFoundFault: DBCluster before not found.',
    after['DBClusterArn'],
    len(after['AssociatedRoles']),
    refused('describe_db_clusters', DBClusterIdentifier='before'),
)
expect(
    "[('one', True), ('two', False)] {'after'}",
    sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in after['DBClusterMembers']),
    {i['DBClusterIdentifier'] for i in rds.describe_db_instances()['DBInstances']},
)
expect(
    "['after']",
    [e['DBClusterIdentifier'] for e in rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='custom')['DBClusterEndpoints']],
)
expect('7 t', psql(after['Endpoint'], 'SELECT n FROM kept'), psql(after['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'))
expect(
    "['Renamed cluster from before to after']",
    [e['Message'] for e in rds.describe_events(SourceType='db-cluster', SourceIdentifier='after')['Events']],
)
rds.failover_db_cluster(DBClusterIdentifier='after')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='after', WaiterConfig=FAST)
expect('8', psql(after['Endpoint'], 'INSERT INTO kept VALUES (8) RETURNING n').split()[0])
for name in ('one', 'two'):
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
cluster('before')  # the name is free again
delete('after', 'one', 'two')
