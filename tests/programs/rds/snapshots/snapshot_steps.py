from cluster_calls import *


def snapshot(cluster, name, **parameters):
    rds.create_db_cluster_snapshot(DBClusterIdentifier=cluster, DBClusterSnapshotIdentifier=name, **parameters)
    return available(name)


def available(name):
    rds.get_waiter('db_cluster_snapshot_available').wait(DBClusterSnapshotIdentifier=name, WaiterConfig=FAST)
    return rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=name)['DBClusterSnapshots'][0]


def restore(snapshot, name, **parameters):
    rds.restore_db_cluster_from_snapshot(DBClusterIdentifier=name, SnapshotIdentifier=snapshot, Engine='aurora-postgresql', **parameters)
    rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier=name, WaiterConfig=FAST)
    return describe(name)
