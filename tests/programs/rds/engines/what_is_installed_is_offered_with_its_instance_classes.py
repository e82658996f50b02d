from rds_calls import *

versions = rds.describe_db_engine_versions(Engine='aurora-postgresql', EngineVersion=VERSION)['DBEngineVersions']
expect('1 True True', len(versions), versions[0]['DBParameterGroupFamily'] == FAMILY, 'Lambda' in versions[0]['SupportedFeatureNames'])
expect('[]', rds.describe_db_engine_versions(Engine='mysql')['DBEngineVersions'])
options = [
    o
    for page in rds.get_paginator('describe_orderable_db_instance_options').paginate(Engine='aurora-postgresql', EngineVersion=VERSION)
    for o in page['OrderableDBInstanceOptions']
]
names = [o['DBInstanceClass'] for o in options]
expect(
    "True True True ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d', 'us-east-1e', 'us-east-1f']",
    'db.serverless' in names,
    'db.r6g.large' in names,
    len(set(names)) == len(names),
    [z['Name'] for z in options[0]['AvailabilityZones']],
)
expect(
    '501 NotImplemented: Daybreak does not implement the operation CreateDBProxy of rds.',
    refused('create_db_proxy', DBProxyName='p', EngineFamily='POSTGRESQL', Auth=[], RoleArn='r' * 20, VpcSubnetIds=SUBNETS),
)
expect('[]', rds.describe_events()['Events'])
