from ec2_calls import *

v = vpc()
g = group(v)
t = table(v)
igw = gateway(v)
s = subnet(v)


def rules(n, at=0, key='IpRanges', member='CidrIp', form='10.{}.{}.0/24'):
    return [
        {'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, key: [{member: form.format(i // 200, i % 200)} for i in range(at, at + n)]}
    ]


def ingress(permissions):
    return refused('authorize_security_group_ingress', GroupId=g, IpPermissions=permissions).split(':')[0]


six = dict(key='Ipv6Ranges', member='CidrIpv6', form='2001:db8:{}:{}::/64')
expect(
    '400 RulesPerSecurityGroupLimitExceeded | not refused | 400 RulesPerSecurityGroupLimitExceeded | not refused | 400 RulesPerSecurityGroupLimitExceeded',
    ingress(rules(61)),
    '|',
    ingress(rules(60)),
    '|',
    ingress(rules(1, 60)),
    '|',
    ingress(rules(60, **six)),
    '|',
    ingress(rules(1, 60, **six)),
)
expect(
    '400 RulesPerSecurityGroupLimitExceeded | not refused',
    refused('authorize_security_group_egress', GroupId=g, IpPermissions=rules(60)).split(':')[0],
    '|',
    refused('authorize_security_group_egress', GroupId=g, IpPermissions=rules(59)),
)
for i in range(499):
    ec2.create_route(RouteTableId=t, DestinationCidrBlock=f'11.{i // 200}.{i % 200}.0/24', GatewayId=igw)
expect(
    '400 RouteLimitExceeded | not refused',
    refused('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw).split(':')[0],
    '|',
    refused('create_route', RouteTableId=t, DestinationIpv6CidrBlock='::/0', GatewayId=igw),
)
n = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']


def entry(number, egress=False, **cidr):
    return refused(
        'create_network_acl_entry',
        NetworkAclId=n,
        RuleNumber=number,
        Protocol='-1',
        RuleAction='allow',
        Egress=egress,
        **(cidr or {'CidrBlock': '10.0.0.0/8'}),
    ).split(':')[0]


expect(
    "{'not refused'} 400 NetworkAclEntryLimitExceeded | not refused | {'not refused'} 400 NetworkAclEntryLimitExceeded",
    {entry(i) for i in range(1, 20)},
    entry(20),
    '|',
    entry(20, egress=True),
    '|',
    {entry(100 + i, Ipv6CidrBlock='::/0') for i in range(19)},
    entry(120, Ipv6CidrBlock='::/0'),
)
expect(
    '400 NetworkAclEntryLimitExceeded',
    refused(
        'replace_network_acl_entry', NetworkAclId=n, RuleNumber=1, Protocol='-1', RuleAction='allow', Egress=False, Ipv6CidrBlock='::/0'
    ).split(':')[0],
)
groups = [group(v, f'g{i}') for i in range(6)]
expect(
    '400 SecurityGroupsPerInterfaceLimitExceeded: The maximum number of security groups per interface has been reached. | not refused',
    refused('create_network_interface', SubnetId=s, Groups=groups),
    '|',
    refused('create_network_interface', SubnetId=s, Groups=groups[:5]),
)
tiny = subnet(v, '10.0.2.0/28')
made = [refused('create_network_interface', SubnetId=tiny) for i in range(12)]
expect(
    "{'not refused'} 400 InsufficientFreeAddressesInSubnet: The specified subnet 'TINY' does not have enough free addresses to satisfy the request.",
    set(made[:11]),
    made[11].replace(tiny, 'TINY'),
)
e = ec2.create_network_interface(SubnetId=s)['NetworkInterface']['NetworkInterfaceId']
expect(
    '400 TagLimitExceeded: The number of tags for the resource exceeds the limit of 50. | 400 FilterLimitExceeded: The maximum number of filter values specified on a single call is 200',
    refused('create_tags', Resources=[e], Tags=[{'Key': f'k{i}', 'Value': ''} for i in range(51)]),
    '|',
    refused('describe_vpcs', Filters=[{'Name': 'vpc-id', 'Values': [str(i) for i in range(201)]}]),
)
