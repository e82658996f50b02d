from rds_calls import *

IDENTIFIER = (
    ' is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; '
    'and must not end with a hyphen or contain two consecutive hyphens.'
)
BLANK = ' must be provided and must not be blank.'
WRONG = '400 InvalidParameterValue: The parameter '


def each(bad, text):
    expect(f'{WRONG}Filter: db-cluster-id{text}', refused('describe_db_clusters', DBClusterIdentifier=bad))
    expect(f'{WRONG}DBClusterIdentifier{text}', refused('modify_db_cluster', DBClusterIdentifier=bad))
    expect(
        f'{WRONG}DBClusterIdentifier{text}', refused('create_db_cluster_snapshot', DBClusterIdentifier=bad, DBClusterSnapshotIdentifier='s')
    )
    expect(f'{WRONG}Filter: db-cluster-id{text}', refused('describe_db_cluster_endpoints', DBClusterIdentifier=bad))
    expect(f'{WRONG}Filter: db-cluster-id{text}', refused('describe_db_cluster_snapshots', DBClusterIdentifier=bad))


for bad in ('1c', 'a--b', 'a-', 'a_b', 'a b', 'arn:aws:rds:eu-west-1:444455556666:cluster:c', 'arn:aws:rds:us-east-1:444455556666:db:c'):
    each(bad, IDENTIFIER)
each('', BLANK)
for operation, parameter, shown in [
    ('describe_db_instances', 'DBInstanceIdentifier', 'Filter: db-instance-id'),
    ('delete_db_instance', 'DBInstanceIdentifier', 'DBInstanceIdentifier'),
    ('describe_db_log_files', 'DBInstanceIdentifier', 'DBInstanceIdentifier'),
    ('describe_db_cluster_snapshots', 'DBClusterSnapshotIdentifier', 'Filter: db-cluster-snapshot-id'),
    ('delete_db_cluster_snapshot', 'DBClusterSnapshotIdentifier', 'DBClusterSnapshotIdentifier'),
    ('describe_db_cluster_endpoints', 'DBClusterEndpointIdentifier', 'Filter: db-cluster-endpoint-id'),
    ('delete_db_cluster_endpoint', 'DBClusterEndpointIdentifier', 'DBClusterEndpointIdentifier'),
]:
    expect(WRONG + shown + IDENTIFIER, refused(operation, **{parameter: 'a--b'}))
    expect(WRONG + shown + BLANK, refused(operation, **{parameter: ''}))
# The client itself takes no empty one.
expect(f'{WRONG}GlobalClusterIdentifier{IDENTIFIER}', refused('describe_global_clusters', GlobalClusterIdentifier='a--b'))
expect(f'{WRONG}DBSubnetGroupName{BLANK}', refused('describe_db_subnet_groups', DBSubnetGroupName=''))
expect(f'{WRONG}DBParameterGroupName{BLANK}', refused('describe_db_parameter_groups', DBParameterGroupName=''))
expect(f'{WRONG}DBClusterParameterGroupName{BLANK}', refused('describe_db_cluster_parameter_groups', DBClusterParameterGroupName=''))
expect(f'{WRONG}SourceIdentifier{BLANK}', refused('describe_events', SourceType='db-cluster', SourceIdentifier=''))
