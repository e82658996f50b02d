from snapshot_steps import *

cluster('odd')
snap = lambda **p: refused('create_db_cluster_snapshot', **p)
expect('404 DBClusterNotFoundFault: DBCluster nobody not found.', snap(DBClusterIdentifier='nobody', DBClusterSnapshotIdentifier='s'))
expect(
    '400 InvalidParameterValue: The parameter DBClusterSnapshotIdentifier must be provided and must not be blank.',
    snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier=''),
)
for name in ('1s', 's-', 's--s', 's_s', 's' * 64, 'rds:s', 's.s', 'é'):
    equal(
        snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier=name),
        '400 InvalidParameterValue: The parameter DBClusterSnapshotIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
    )
snapshot('odd', 's')
expect(
    '400 DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier s already exists.',
    snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier='S'),
)


def back(**changed):
    good = dict(DBClusterIdentifier='back', SnapshotIdentifier='s', Engine='aurora-postgresql')
    good.update(changed)
    return refused('restore_db_cluster_from_snapshot', **good)


expect('404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody', back(SnapshotIdentifier='nobody'))
expect('400 DBClusterAlreadyExistsFault: DB Cluster already exists', back(DBClusterIdentifier='odd'))
expect(
    '400 InvalidParameterCombination: The engine aurora-mysql does not match that of the snapshot, aurora-postgresql.',
    back(Engine='aurora-mysql'),
)
expect(f'400 InvalidParameterCombination: Cannot restore a snapshot of version {VERSION} to the version 9.6.', back(EngineVersion='9.6'))
expect('501 NotImplemented: Daybreak does not implement the upgrade of a snapshot to another major version.', back(EngineVersion='99.1'))
expect('404 DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: nobody', back(DBClusterParameterGroupName='nobody'))
expect("404 DBSubnetGroupNotFoundFault: DB subnet group 'nobody' does not exist.", back(DBSubnetGroupName='nobody'))
expect(
    '400 KMSKeyNotAccessibleFault: The specified KMS key [alias/k] either does not exist, is not enabled, or you do not have permissions to access it.',
    back(KmsKeyId='alias/k'),
)
expect(
    "501 NotImplemented: Daybreak does not implement a DatabaseName of RestoreDBClusterFromSnapshot other than the snapshot's.",
    back(DatabaseName='other'),
)
rds.stop_db_cluster(DBClusterIdentifier='odd')
while describe('odd')['Status'] != 'stopped':
    time.sleep(0.05)
expect(
    "400 InvalidDBClusterStateFault: Can't create a snapshot because the database cluster odd isn't currently in the available state.",
    snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier='t'),
)
expect(
    '400 InvalidDBClusterStateFault: Db cluster odd is in stopped state',
    refused('delete_db_cluster', DBClusterIdentifier='odd', SkipFinalSnapshot=True),
)
rds.start_db_cluster(DBClusterIdentifier='odd')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='odd', WaiterConfig=FAST)
delete('odd')
expect(
    '404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody',
    refused('delete_db_cluster_snapshot', DBClusterSnapshotIdentifier='nobody'),
)
rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier='s')
