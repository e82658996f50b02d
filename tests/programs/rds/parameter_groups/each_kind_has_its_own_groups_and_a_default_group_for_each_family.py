from rds_calls import *

rds.create_db_parameter_group(DBParameterGroupName='same', DBParameterGroupFamily=FAMILY, Description='instances')
rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='same', DBParameterGroupFamily=FAMILY, Description='clusters')
expect('instances', rds.describe_db_parameter_groups(DBParameterGroupName='same')['DBParameterGroups'][0]['Description'])
expect(
    'clusters', rds.describe_db_cluster_parameter_groups(DBClusterParameterGroupName='same')['DBClusterParameterGroups'][0]['Description']
)
expect(
    'True',
    rds.describe_db_cluster_parameter_groups(DBClusterParameterGroupName='default.' + FAMILY)['DBClusterParameterGroups'][0][
        'DBParameterGroupFamily'
    ]
    == FAMILY,
)
expect('400 InvalidParameterValue', refused('delete_db_parameter_group', DBParameterGroupName='default.' + FAMILY)[:25])
expect(
    "['rds.extensions', 'rds.force_ssl', 'rds.logical_replication']",
    [
        p['ParameterName']
        for page in rds.get_paginator('describe_engine_default_cluster_parameters').paginate(DBParameterGroupFamily=FAMILY)
        for p in page['EngineDefaults']['Parameters']
        if p['ParameterName'].startswith('rds.')
    ],
)
