from cluster_fault_steps import *

port = int(sys.argv[1])
expect(
    f'400 InvalidParameterValue: Port {port} is taken on every loopback address of this machine: a program listens on it for all addresses.',
    refused(
        'create_db_cluster',
        DBClusterIdentifier='taken',
        Engine='aurora-postgresql',
        MasterUsername='app_admin',
        MasterUserPassword=PASSWORD,
        Port=port,
    ),
)
expect('404 DBClusterNotFoundFault: DBCluster taken not found.', refused('describe_db_clusters', DBClusterIdentifier='taken'))
