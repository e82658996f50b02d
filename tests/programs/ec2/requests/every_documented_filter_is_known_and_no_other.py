# Filters as the API reference lists them, of each list that is served. Older editions misspell two, as parent-zoneID.
from ec2_calls import *

import re

model = ec2.meta.service_model
served = [
    'Addresses',
    'AvailabilityZones',
    'DhcpOptions',
    'EgressOnlyInternetGateways',
    'InternetGateways',
    'ManagedPrefixLists',
    'NatGateways',
    'NetworkAcls',
    'NetworkInterfaces',
    'PrefixLists',
    'Regions',
    'RouteTables',
    'SecurityGroupRules',
    'SecurityGroups',
    'Subnets',
    'Tags',
    'VpcEndpointServices',
    'VpcEndpoints',
    'VpcPeeringConnections',
    'Vpcs',
]
asked, unknown = 0, []
for name in served:
    members = model.operation_model('Describe' + name).input_shape.members
    parameter = 'Filters' if 'Filters' in members else 'Filter'
    operation = 'describe_' + re.sub(r'(?<!^)([A-Z])', r'_\1', name).lower()
    names = [
        n
        for n in re.findall(r'<li>\s*<p>\s*<code>([^<]+)</code>', members[parameter].documentation)
        if not n.startswith('tag:') and '|' not in n and n not in ('parent-zoneID', 'parent-zoneName')
    ]
    for n in names:
        asked += 1
        n = 'tag:x' if n == 'tag' else n
        if refused(operation, **{parameter: [{'Name': n, 'Values': ['x']}]}) != 'not refused':
            unknown.append((name, n))
    if 'invalid' not in refused(operation, **{parameter: [{'Name': 'colour', 'Values': ['red']}]}):
        unknown.append((name, 'colour'))
expect('[] True', unknown, asked > 100 or asked == 0)
