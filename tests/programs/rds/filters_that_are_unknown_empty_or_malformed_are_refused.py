from rds_calls import *

filter = lambda name, *values: dict(Filters=[{'Name': name, 'Values': list(values)}])
expect('400 InvalidParameterValue: Unrecognized filter name: x', refused('describe_db_clusters', **filter('x', 'y')))
expect('400 InvalidParameterValue: Unrecognized filter name: ', refused('describe_db_clusters', **filter('', 'y')))
expect(
    '400 InvalidParameterValue: The parameter Filter: engine must be provided and must not be blank.',
    refused('describe_db_clusters', **filter('engine')),
)
expect(
    '400 InvalidParameterValue: The parameter Filter: engine must be provided and must not be blank.',
    refused('describe_db_instances', **filter('engine', '')),
)
expect(
    '400 InvalidParameterValue: The parameter Filter: db-instance-id is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
    refused('describe_db_instances', **filter('db-instance-id', 'lax--temp2')),
)
expect(
    '400 InvalidParameterValue: The parameter Filter: db-cluster-id must be provided and must not be blank.',
    refused('describe_db_instances', **filter('db-cluster-id', 'fine', '')),
)
expect('not refused', refused('describe_db_instances', **filter('db-cluster-id', 'arn:aws:rds:us-east-1:444455556666:cluster:c', 'c')))
rds.create_db_parameter_group(DBParameterGroupName='p', DBParameterGroupFamily=FAMILY, Description='d')
expect(
    "{'400 InvalidParameterValue: Unrecognized filter name: db-parameter-group'}",
    {
        refused(operation, **{**filter('db-parameter-group', 'p'), **more})
        for operation, more in [
            ('describe_db_subnet_groups', {}),
            ('describe_db_parameter_groups', {}),
            ('describe_events', {}),
            ('describe_orderable_db_instance_options', dict(Engine='postgres')),
            ('describe_db_parameters', dict(DBParameterGroupName='p')),
            ('list_tags_for_resource', dict(ResourceName='arn:aws:rds:us-east-1:444455556666:pg:p')),
            ('describe_engine_default_cluster_parameters', dict(DBParameterGroupFamily=FAMILY)),
        ]
    },
)
shown = lambda answer: [p['ParameterName'] for p in answer['Parameters']]
expect(
    "['timezone', 'work_mem'] ['work_mem']",
    shown(rds.describe_db_parameters(DBParameterGroupName='p', **filter('parameter-name', 'work_mem', 'timezone'))),
    shown(rds.describe_engine_default_parameters(DBParameterGroupFamily=FAMILY, **filter('parameter-name', 'work_mem'))['EngineDefaults']),
)
