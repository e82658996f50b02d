from ec2_calls import *


def made(n, family='IPv4'):
    return ec2.create_managed_prefix_list(PrefixListName=f'l{n}', AddressFamily=family, MaxEntries=n)['PrefixList']['PrefixListId']


big, small, six, huge = made(59), made(1), made(60, 'IPv6'), made(499)
v = vpc()
g = group(v)
t = table(v)
igw = gateway(v)


def rule(**peer):
    return refused(
        'authorize_security_group_ingress', GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, **peer}]
    )


def of(i):
    return {'PrefixListIds': [{'PrefixListId': i}]}


expect(
    'not refused | not refused | 400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached. | not refused | 400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached. | 400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
    rule(**of(big)),
    '|',
    rule(**of(small)),
    '|',
    rule(IpRanges=[{'CidrIp': '10.0.0.0/8'}]),
    '|',
    rule(**of(six)),
    '|',
    rule(Ipv6Ranges=[{'CidrIpv6': '::/0'}]),
    '|',
    rule(UserIdGroupPairs=[{'GroupId': g}]),
)
r = ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules']
mine = [x['SecurityGroupRuleId'] for x in r if x.get('PrefixListId') == small][0]
expect(
    '400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
    refused(
        'modify_security_group_rules',
        GroupId=g,
        SecurityGroupRules=[
            {'SecurityGroupRuleId': mine, 'SecurityGroupRule': {'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 1, 'CidrIpv6': '::/0'}}
        ],
    ),
)
expect(
    'not refused | 400 RouteLimitExceeded: The maximum number of routes has been reached in route table T. | not refused',
    refused('create_route', RouteTableId=t, DestinationPrefixListId=huge, GatewayId=igw),
    '|',
    refused('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw).replace(t, 'T'),
    '|',
    refused('create_route', RouteTableId=t, DestinationIpv6CidrBlock='::/0', GatewayId=igw),
)


def grow(i, n):
    ec2.modify_managed_prefix_list(PrefixListId=i, MaxEntries=n)
    return [(x['State'], x['MaxEntries']) for x in ec2.describe_managed_prefix_lists(PrefixListIds=[i])['PrefixLists']]


expect(
    "[('modify-failed', 59)] [('modify-failed', 499)] [('modify-complete', 58)] [('modify-complete', 2)]",
    grow(big, 60),
    grow(huge, 500),
    grow(big, 58),
    grow(small, 2),
)
