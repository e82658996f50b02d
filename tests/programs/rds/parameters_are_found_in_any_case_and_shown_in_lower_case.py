from cluster_calls import *

rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='zone', DBParameterGroupFamily=FAMILY, Description='d')
set_ = lambda name, value: rds.modify_db_cluster_parameter_group(
    DBClusterParameterGroupName='zone', Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'immediate'}]
)
shown = lambda: {
    p['ParameterName']: p['ParameterValue']
    for p in rds.describe_db_cluster_parameters(DBClusterParameterGroupName='zone', Source='user')['Parameters']
}
set_('timezone', 'Europe/Zurich')
set_('DateStyle', 'German')
expect("{'datestyle': 'German', 'timezone': 'Europe/Zurich'}", shown())
c = cluster('zoned', DBClusterParameterGroupName='zone')
instance('zoned', 'zoned-1')
expect('Europe/Zurich German, DMY', psql(c['Endpoint'], 'SHOW timezone'), psql(c['Endpoint'], 'SHOW datestyle'))
set_('TimeZone', 'Asia/Tokyo')
rds.reset_db_cluster_parameter_group(
    DBClusterParameterGroupName='zone', Parameters=[{'ParameterName': 'DATESTYLE', 'ApplyMethod': 'immediate'}]
)
expect("{'timezone': 'Asia/Tokyo'}", shown())
names = [
    p['ParameterName']
    for page in rds.get_paginator('describe_engine_default_parameters').paginate(DBParameterGroupFamily=FAMILY)
    for p in page['EngineDefaults']['Parameters']
]
expect('[] True', [n for n in names if n != n.lower()], 'intervalstyle' in names)
