from standalone_instance_steps import *

expect("['gp3', 400, 12000, 500, 1000]", storage(standalone('large', AllocatedStorage=400, MaxAllocatedStorage=1000)))
expect("['io1', 100, 3000, None, None]", storage(standalone('provisioned', AllocatedStorage=100, Iops=3000)))
settled('large')
m = rds.modify_db_instance(DBInstanceIdentifier='large', AllocatedStorage=401, Iops=15000, MaxAllocatedStorage=2000)['DBInstance']
expect("['gp3', 400, 12000, 500, 2000] {'AllocatedStorage': 440, 'Iops': 15000}", storage(m), m['PendingModifiedValues'])
rds.modify_db_instance(DBInstanceIdentifier='large', ApplyImmediately=True)
i = settled('large')
expect("['gp3', 440, 15000, 500, 2000] {}", storage(i), i['PendingModifiedValues'])
m = rds.modify_db_instance(DBInstanceIdentifier='large', StorageType='io2', Iops=20000, ApplyImmediately=True)['DBInstance']
expect("modifying {'Iops': 20000, 'StorageType': 'io2'}", m['DBInstanceStatus'], m['PendingModifiedValues'])
expect("['io2', 440, 20000, None, 2000]", storage(settled('large')))
expect(
    '400 InvalidParameterCombination: Requested storage size (100) cannot be less than the current storage size (440).',
    refused('modify_db_instance', DBInstanceIdentifier='large', AllocatedStorage=100),
)
options = [
    o
    for page in rds.get_paginator('describe_orderable_db_instance_options').paginate(
        Engine='postgres', EngineVersion=VERSION, DBInstanceClass='db.t4g.micro'
    )
    for o in page['OrderableDBInstanceOptions']
]
expect(
    "[('gp2', 20), ('gp3', 20), ('io1', 100), ('io2', 100), ('standard', 5)]", [(o['StorageType'], o['MinStorageSize']) for o in options]
)
v = rds.describe_db_engine_versions(Engine='postgres', DefaultOnly=True)['DBEngineVersions'][0]
expect(
    "True PostgreSQL ['Lambda', 's3Export', 's3Import']",
    v['EngineVersion'] == VERSION,
    v['DBEngineDescription'],
    v['SupportedFeatureNames'],
)
