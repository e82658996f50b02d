from ec2_calls import *

v = vpc()
acl = ec2.describe_network_acls(Filters=of(v))['NetworkAcls'][0]['NetworkAclId']
ec2.create_network_acl_entry(
    NetworkAclId=acl, RuleNumber=90, Protocol='6', RuleAction='deny', Egress=False, CidrBlock='10.9.0.0/16', PortRange={'From': 1, 'To': 2}
)
g, h = group(v, 'g'), group(v, 'h')
ec2.revoke_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
made = ec2.associate_vpc_cidr_block(VpcId=v, AmazonProvidedIpv6CidrBlock=True)['Ipv6CidrBlockAssociation']
expect(
    "{'State': 'associating'} [(True, 101), (True, 32768), (False, 32768)]",
    made['Ipv6CidrBlockState'],
    [(e['Egress'], e['RuleNumber']) for e in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'][0]['Entries'] if 'Ipv6CidrBlock' in e],
)
expect(
    '[None, 1]',
    [
        len(x['IpPermissionsEgress'][0]['Ipv6Ranges']) if x['IpPermissionsEgress'] else None
        for x in (ec2.describe_security_groups(GroupIds=[i])['SecurityGroups'][0] for i in (g, h))
    ],
)
for _ in range(4):
    ec2.associate_vpc_cidr_block(VpcId=v, AmazonProvidedIpv6CidrBlock=True)
expect(
    "400 CidrLimitExceeded: This network 'V' has met its maximum number of allowed CIDRs: 5",
    refused('associate_vpc_cidr_block', VpcId=v, AmazonProvidedIpv6CidrBlock=True).replace(v, 'V'),
)
