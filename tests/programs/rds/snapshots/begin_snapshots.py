from snapshot_steps import *

c = cluster('stays')
instance('stays', 'stays-1')
psql(c['Endpoint'], 'CREATE TABLE t AS SELECT 7 AS i')
snapshot('stays', 'whole')
psql(c['Endpoint'], 'UPDATE t SET i = 8')
rds.create_db_cluster_snapshot(DBClusterIdentifier='stays', DBClusterSnapshotIdentifier='begun')
