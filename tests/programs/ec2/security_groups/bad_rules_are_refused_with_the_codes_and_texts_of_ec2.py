from ec2_calls import *

v = vpc()
g = group(v)
w = vpc()
far = group(w)


def tell(expected, text):
    for i, name in ((g, 'G'), (far, 'FAR')):
        text = text.replace(i, name)
    expect(expected, text)


def allow(expected, protocol='tcp', first=443, last=443, cidr='0.0.0.0/0', **more):
    p = {'IpProtocol': protocol, 'IpRanges': [{'CidrIp': cidr}] if cidr is not None else [], **more}
    if first is not None:
        p['FromPort'] = first
    if last is not None:
        p['ToPort'] = last
    tell(expected, refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[p]))


allow('not refused')
allow('400 InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists')
allow(
    '400 InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists',
    protocol='6',
)
allow('not refused', '-1', None, None)
allow('400 InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, ALL, ALLOW" already exists', '-1', 1, 2)
allow("400 InvalidParameterValue: Invalid value 'foo' for IP protocol. Unknown protocol.", 'foo')
allow("400 InvalidParameterValue: Invalid value '256' for IP protocol. Unknown protocol.", '256')
allow('400 MissingParameter: The request must contain the parameter ipProtocol', '')
allow("400 InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.", first=None)
allow('400 InvalidParameterValue: TCP/UDP port (-2) out of range', first=-2)
allow('400 InvalidParameterValue: TCP/UDP port (65536) out of range', last=65536)
allow('400 InvalidParameterValue: Invalid TCP/UDP port range (443:80)', first=443, last=80)
allow('400 InvalidParameterValue: ICMP type (256) out of range', 'icmp', 256, 0)
allow('400 InvalidParameterValue: ICMP code (256) out of range', 'icmp', 8, 256)
allow('400 InvalidParameterValue: ICMP code (3) must be -1 when the type is -1', 'icmp', -1, 3)
allow('not refused', 'icmp', 8, 0)
allow('400 InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, ICMP, type: 8, code: 0, ALLOW" already exists', 'icmp', 8, 0)
allow('400 InvalidParameterValue: CIDR block 10.0.0.0/33 is malformed', cidr='10.0.0.0/33')
allow('400 InvalidParameterValue: CIDR block 10.0.0.0 is malformed', cidr='10.0.0.0')
allow('400 InvalidParameterValue: CIDR block ::/0 is malformed', cidr='::/0')
allow('400 MissingParameter: The request must contain the parameter ipRanges', cidr=None)
allow('400 InvalidParameterValue: CIDR block 10.0.0.0/8 is not a valid IPv6 CIDR', cidr=None, Ipv6Ranges=[{'CidrIpv6': '10.0.0.0/8'}])
allow(
    '400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.',
    cidr=None,
    UserIdGroupPairs=[{'GroupId': far}],
)
allow(
    "400 InvalidGroup.NotFound: The security group 'sg-12345678' does not exist", cidr=None, UserIdGroupPairs=[{'GroupId': 'sg-12345678'}]
)
allow('not refused', cidr=None, UserIdGroupPairs=[{'GroupId': g}])
allow(
    '400 InvalidPermission.Duplicate: the specified rule "peer: G, TCP, from port: 443, to port: 443, ALLOW" already exists',
    cidr=None,
    UserIdGroupPairs=[{'GroupId': g}],
)
allow(
    "400 InvalidPrefixListID.NotFound: The prefix list ID 'pl-12345678' does not exist",
    cidr=None,
    PrefixListIds=[{'PrefixListId': 'pl-12345678'}],
)
allow(
    '400 InvalidParameterValue: The same permission must not appear multiple times',
    cidr=None,
    IpRanges=[{'CidrIp': '10.0.0.0/8'}, {'CidrIp': '10.1.0.0/8'}],
)
tell(
    '400 MissingParameter: The request must contain the parameter ipPermissions',
    refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[]),
)
tell(
    '400 InvalidPermission.NotFound: The specified rule does not exist in this security group.',
    refused(
        'revoke_security_group_ingress',
        GroupId=g,
        IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 2, 'IpRanges': [{'CidrIp': '9.9.9.9/32'}]}],
    ),
)
tell(
    "400 InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-12345678' does not exist",
    refused('revoke_security_group_ingress', GroupId=g, SecurityGroupRuleIds=['sgr-12345678']),
)
tell(
    '400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
    refused(
        'authorize_security_group_ingress',
        GroupId=far,
        IpPermissions=[{'IpProtocol': 'udp', 'FromPort': i, 'ToPort': i, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}]} for i in range(300)],
    ),
)
tell(
    'not refused',
    refused(
        'authorize_security_group_ingress',
        GroupId=far,
        IpPermissions=[
            {'IpProtocol': 'udp', 'FromPort': i, 'ToPort': i, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}], 'Ipv6Ranges': [{'CidrIpv6': '::/0'}]}
            for i in range(60)
        ],
    ),
)
tell(
    '400 RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
    refused(
        'authorize_security_group_ingress',
        GroupId=far,
        IpPermissions=[{'IpProtocol': 'udp', 'FromPort': 99, 'ToPort': 99, 'UserIdGroupPairs': [{'GroupId': far}]}],
    ),
)
expect('121', len(ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [far]}])['SecurityGroupRules']))
