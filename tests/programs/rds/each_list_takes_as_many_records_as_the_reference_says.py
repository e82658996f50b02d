from rds_calls import *

options = rds.describe_orderable_db_instance_options(Engine='postgres', MaxRecords=1000)
expect(
    '1000 100',
    len(options['OrderableDBInstanceOptions']),
    len(rds.describe_orderable_db_instance_options(Engine='postgres')['OrderableDBInstanceOptions']),
)
expect(
    '400 InvalidParameterValue: Invalid value 1001 for MaxRecords. Must be between 20 and 1000',
    refused('describe_orderable_db_instance_options', Engine='postgres', MaxRecords=1001),
)
expect(
    '400 InvalidParameterValue: Invalid value 19 for MaxRecords. Must be between 20 and 1000',
    refused('describe_orderable_db_instance_options', Engine='postgres', MaxRecords=19),
)
rds.create_db_parameter_group(DBParameterGroupName='g', DBParameterGroupFamily=FAMILY, Description='d')
rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='g', DBParameterGroupFamily=FAMILY, Description='d')
answers = {}
for operation, more in [
    ('db_clusters', {}),
    ('db_cluster_endpoints', {}),
    ('db_cluster_parameter_groups', {}),
    ('db_cluster_parameters', dict(DBClusterParameterGroupName='g')),
    ('db_cluster_snapshots', {}),
    ('db_engine_versions', {}),
    ('db_instances', {}),
    ('db_parameter_groups', {}),
    ('db_parameters', dict(DBParameterGroupName='g')),
    ('db_subnet_groups', {}),
    ('engine_default_cluster_parameters', dict(DBParameterGroupFamily=FAMILY)),
    ('engine_default_parameters', dict(DBParameterGroupFamily=FAMILY)),
    ('events', {}),
    ('global_clusters', {}),
    ('pending_maintenance_actions', {}),
]:
    for records in (19, 20, 100, 101):
        answers.setdefault((records, refused('describe_' + operation, MaxRecords=records, **more)), []).append(operation)
for ((records, answer), operations), expected in zip(
    sorted(answers.items()),
    [
        '19 400 InvalidParameterValue: Invalid value 19 for MaxRecords. Must be between 20 and 100 15',
        '20 not refused 15',
        '100 not refused 15',
        '101 400 InvalidParameterValue: Invalid value 101 for MaxRecords. Must be between 20 and 100 15',
    ],
    strict=True,
):
    expect(expected, records, answer, len(operations))
