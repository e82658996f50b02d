from cluster_calls import *

role = dict(RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
cluster('c1')
instance('c1', 'm1')
rds.create_db_cluster_endpoint(DBClusterIdentifier='c1', DBClusterEndpointIdentifier='e1', EndpointType='ANY')
expect(
    '400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.',
    refused('stop_db_instance', DBInstanceIdentifier='m1'),
)
expect(
    '400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.',
    refused('start_db_instance', DBInstanceIdentifier='m1'),
)
expect(
    '400 InvalidDBClusterStateFault: c1 is an Aurora DB cluster. Reboot its DB instances instead.',
    refused('reboot_db_cluster', DBClusterIdentifier='c1'),
)
expect(
    '400 InvalidDBClusterStateFault: DbCluster c1 is in available state but expected it to be one of stopped,inaccessible-encryption-credentials-recoverable.',
    refused('start_db_cluster', DBClusterIdentifier='c1'),
)
rds.create_db_instance(
    DBInstanceIdentifier='a1',
    Engine='postgres',
    DBInstanceClass='db.t4g.micro',
    AllocatedStorage=20,
    MasterUsername='app_admin',
    MasterUserPassword=PASSWORD,
)
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='a1', WaiterConfig=FAST)
expect('400 InvalidDBInstanceState: Instance a1 is not in stopped state.', refused('start_db_instance', DBInstanceIdentifier='a1'))
rds.stop_db_cluster(DBClusterIdentifier='c1')
rds.stop_db_instance(DBInstanceIdentifier='a1')
while (
    describe('c1')['Status'] != 'stopped'
    or rds.describe_db_instances(DBInstanceIdentifier='a1')['DBInstances'][0]['DBInstanceStatus'] != 'stopped'
):
    time.sleep(0.1)
for (operation, more), expected in zip(
    [
        ('modify_db_cluster', dict(BackupRetentionPeriod=2)),
        ('delete_db_cluster', dict(SkipFinalSnapshot=True)),
        ('stop_db_cluster', {}),
        ('failover_db_cluster', {}),
        ('create_db_cluster_snapshot', dict(DBClusterSnapshotIdentifier='s')),
        ('create_db_cluster_endpoint', dict(DBClusterEndpointIdentifier='e', EndpointType='ANY')),
        ('add_role_to_db_cluster', role),
        ('remove_role_from_db_cluster', role),
        ('create_db_instance', dict(DBInstanceIdentifier='m2', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large')),
    ],
    [
        'modify_db_cluster 400 InvalidDBClusterStateFault: Db cluster c1 cannot be in the stopped state.',
        'delete_db_cluster 400 InvalidDBClusterStateFault: Db cluster c1 is in stopped state',
        'stop_db_cluster 400 InvalidDBClusterStateFault: DbCluster c1 is in stopped state but expected it to be one of available.',
        'failover_db_cluster 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped',
        "create_db_cluster_snapshot 400 InvalidDBClusterStateFault: Can't create a snapshot because the database cluster c1 isn't currently in the available state.",
        'create_db_cluster_endpoint 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped',
        'add_role_to_db_cluster 400 InvalidDBClusterStateFault: DB Cluster c1 is not available for IAM role association, disassociation, or updates. Current DB cluster status: stopped',
        'remove_role_from_db_cluster 400 InvalidDBClusterStateFault: DB Cluster c1 is not available for IAM role association, disassociation, or updates. Current DB cluster status: stopped',
        'create_db_instance 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped',
    ],
    strict=True,
):
    expect(expected, operation, refused(operation, DBClusterIdentifier='c1', **more))
for operation, expected in zip(
    ('modify_db_cluster_endpoint', 'delete_db_cluster_endpoint'),
    [
        'modify_db_cluster_endpoint 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped',
        'delete_db_cluster_endpoint 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped',
    ],
    strict=True,
):
    expect(expected, operation, refused(operation, DBClusterEndpointIdentifier='e1'))
for (name, operation), expected in zip(
    [(n, o) for n in ('m1', 'a1') for o in ('modify_db_instance', 'reboot_db_instance', 'stop_db_instance')],
    [
        'modify_db_instance 400 InvalidDBInstanceState: Database instance is not in available state.',
        'reboot_db_instance 400 InvalidDBInstanceState: Instance m1 is not in available state.',
        'stop_db_instance 400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.',
        'modify_db_instance 400 InvalidDBInstanceState: Database instance is not in available state.',
        'reboot_db_instance 400 InvalidDBInstanceState: Instance a1 is not in available state.',
        'stop_db_instance 400 InvalidDBInstanceState: Instance a1 is not in available state.',
    ],
    strict=True,
):
    expect(expected, operation, refused(operation, DBInstanceIdentifier=name))
expect('400 InvalidDBClusterStateFault: Db cluster c1 is in stopped state', refused('delete_db_instance', DBInstanceIdentifier='m1'))
for operation, expected in zip(
    ('add_role_to_db_instance', 'remove_role_from_db_instance'),
    [
        'add_role_to_db_instance 400 InvalidDBInstanceState: The status for the a1 DB instance is stopped. The DB instance is not available for IAM roles.',
        'remove_role_from_db_instance 400 InvalidDBInstanceState: The status for the a1 DB instance is stopped. The DB instance is not available for IAM roles.',
    ],
    strict=True,
):
    expect(expected, operation, refused(operation, DBInstanceIdentifier='a1', **role))
expect('not refused', refused('delete_db_instance', DBInstanceIdentifier='a1', SkipFinalSnapshot=True))
