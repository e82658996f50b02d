from ec2_calls import *

v = vpc()
s = subnet(v)
g = group(v)
igw = gateway(v)
t = table(v)
a = ec2.allocate_address()['AllocationId']
nat = ec2.create_nat_gateway(SubnetId=s, AllocationId=a)['NatGateway']['NatGatewayId']
acl = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']
eni = ec2.create_network_interface(SubnetId=s)['NetworkInterface']['NetworkInterfaceId']
vpce = ec2.create_vpc_endpoint(VpcId=v, ServiceName='com.amazonaws.us-east-1.s3')['VpcEndpoint']['VpcEndpointId']
dopt = ec2.create_dhcp_options(DhcpConfigurations=[{'Key': 'domain-name-servers', 'Values': ['10.0.0.2', '8.8.8.8']}])['DhcpOptions'][
    'DhcpOptionsId'
]
sgr = ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules'][0]['SecurityGroupRuleId']
ids = [v, s, g, igw, t, a, nat, acl, eni, vpce, dopt, sgr]
ec2.create_tags(Resources=ids, Tags=[{'Key': 'team', 'Value': 'db'}, {'Key': 'empty', 'Value': ''}])
tags = ec2.describe_tags(Filters=[{'Name': 'key', 'Values': ['team']}])['Tags']
expect(
    "['dhcp-options', 'elastic-ip', 'internet-gateway', 'natgateway', 'network-acl', 'network-interface', 'route-table', 'security-group', 'security-group-rule', 'subnet', 'vpc', 'vpc-endpoint'] True {'db'}",
    sorted(x['ResourceType'] for x in tags),
    {x['ResourceId'] for x in tags} == set(ids),
    {x['Value'] for x in tags},
)
expect(
    "[{'Key': 'empty', 'Value': ''}, {'Key': 'team', 'Value': 'db'}]",
    ec2.describe_nat_gateways(Filters=[{'Name': 'tag:team', 'Values': ['db']}])['NatGateways'][0]['Tags'],
)
ec2.delete_tags(Resources=[v, s], Tags=[{'Key': 'team', 'Value': 'other'}, {'Key': 'empty'}])
ec2.delete_tags(Resources=[g], Tags=[])
expect('[1, 1, 0, 2]', [len(ec2.describe_tags(Filters=[{'Name': 'resource-id', 'Values': [i]}])['Tags']) for i in (v, s, g, igw)])
expect('[15, 5]', [len(p['Tags']) for p in ec2.get_paginator('describe_tags').paginate(PaginationConfig={'PageSize': 15})])
