from snapshot_steps import *

c = cluster('last')
instance('last', 'last-1')
psql(c['Endpoint'], 'CREATE TABLE kept AS SELECT 42 AS answer')
expect(
    '400 InvalidParameterCombination: You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot',
    refused('delete_db_cluster', DBClusterIdentifier='last', SkipFinalSnapshot=True, FinalDBSnapshotIdentifier='final'),
)
expect(
    '400 InvalidParameterValue: The parameter FinalDBSnapshotIdentifier is not a valid identifier',
    refused('delete_db_cluster', DBClusterIdentifier='last', FinalDBSnapshotIdentifier='-final').split('.')[0],
)
rds.delete_db_instance(DBInstanceIdentifier='last-1')
rds.delete_db_cluster(DBClusterIdentifier='last', FinalDBSnapshotIdentifier='final')
rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='last', WaiterConfig=FAST)
expect('available', available('final')['Status'])
# The name of the deleted cluster is free, so the snapshot may be restored under it.
r = restore(
    rds.describe_db_cluster_snapshots(DBClusterIdentifier='last')['DBClusterSnapshots'][0]['DBClusterSnapshotArn'], 'last', Port=5441
)
expect(
    '400 DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier final already exists.',
    refused('delete_db_cluster', DBClusterIdentifier='last', FinalDBSnapshotIdentifier='final'),
)
instance('last', 'last-2')
expect('42', psql(r['Endpoint'], 'SELECT answer FROM kept', port=5441))
# A cluster that never had an instance leaves an empty one.
cluster('empty')
rds.delete_db_cluster(DBClusterIdentifier='empty', FinalDBSnapshotIdentifier='nothing')
rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='empty', WaiterConfig=FAST)
available('nothing')
e = restore('nothing', 'empty')
instance('empty', 'empty-1')
expect('app_admin|0', psql(e['Endpoint'], 'SELECT current_user, count(*) FROM pg_stat_user_tables'))
delete('empty', 'empty-1')
delete('last', 'last-2')
