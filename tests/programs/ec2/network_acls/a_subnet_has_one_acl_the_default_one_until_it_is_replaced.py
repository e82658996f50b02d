from ec2_calls import *

v = vpc()
s = subnet(v)
default = ec2.describe_network_acls(Filters=of(v) + [{'Name': 'default', 'Values': ['true']}])['NetworkAcls'][0]


def entries(acl):
    return [
        (
            e['RuleNumber'],
            e['Egress'],
            e['RuleAction'],
            e['Protocol'],
            e.get('CidrBlock') or e.get('Ipv6CidrBlock'),
            e.get('PortRange') or e.get('IcmpTypeCode'),
        )
        for e in ec2.describe_network_acls(NetworkAclIds=[acl])['NetworkAcls'][0]['Entries']
    ]


expect(
    "[(100, True, 'allow', '-1', '0.0.0.0/0', None), (32767, True, 'deny', '-1', '0.0.0.0/0', None), (100, False, 'allow', '-1', '0.0.0.0/0', None), (32767, False, 'deny', '-1', '0.0.0.0/0', None)] [True]",
    entries(default['NetworkAclId']),
    [a['SubnetId'] == s for a in default['Associations']],
)
made = ec2.create_network_acl(VpcId=v, TagSpecifications=[{'ResourceType': 'network-acl', 'Tags': [{'Key': 'a', 'Value': 'b'}]}])[
    'NetworkAcl'
]
n = made['NetworkAclId']
expect(
    "False [] [{'Key': 'a', 'Value': 'b'}] [(32767, True, 'deny', '-1', '0.0.0.0/0', None), (32767, False, 'deny', '-1', '0.0.0.0/0', None)]",
    made['IsDefault'],
    made['Associations'],
    made['Tags'],
    entries(n),
)
ec2.create_network_acl_entry(
    NetworkAclId=n, RuleNumber=200, Protocol='6', RuleAction='allow', Egress=True, CidrBlock='0.0.0.0/0', PortRange={'From': 443, 'To': 443}
)
ec2.create_network_acl_entry(
    NetworkAclId=n,
    RuleNumber=100,
    Protocol='tcp',
    RuleAction='deny',
    Egress=True,
    CidrBlock='10.0.0.7/8',
    PortRange={'From': 0, 'To': 65535},
)
ec2.create_network_acl_entry(
    NetworkAclId=n,
    RuleNumber=100,
    Protocol='1',
    RuleAction='allow',
    Egress=False,
    CidrBlock='0.0.0.0/0',
    IcmpTypeCode={'Type': -1, 'Code': -1},
)
ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=110, Protocol='-1', RuleAction='allow', Egress=False, Ipv6CidrBlock='::/0')
expect(
    "[(100, True, 'deny', '6', '10.0.0.0/8', {'From': 0, 'To': 65535}), (200, True, 'allow', '6', '0.0.0.0/0', {'From': 443, 'To': 443}), (32767, True, 'deny', '-1', '0.0.0.0/0', None), (100, False, 'allow', '1', '0.0.0.0/0', {'Code': -1, 'Type': -1}), (110, False, 'allow', '-1', '::/0', None), (32767, False, 'deny', '-1', '0.0.0.0/0', None)]",
    entries(n),
)
ec2.replace_network_acl_entry(
    NetworkAclId=n, RuleNumber=100, Protocol='17', RuleAction='allow', Egress=True, CidrBlock='10.0.0.0/8', PortRange={'From': 53, 'To': 53}
)
ec2.delete_network_acl_entry(NetworkAclId=n, RuleNumber=110, Egress=False)
expect(
    "[(100, True, 'allow', '17', '10.0.0.0/8', {'From': 53, 'To': 53}), (200, True, 'allow', '6', '0.0.0.0/0', {'From': 443, 'To': 443}), (32767, True, 'deny', '-1', '0.0.0.0/0', None), (100, False, 'allow', '1', '0.0.0.0/0', {'Code': -1, 'Type': -1}), (32767, False, 'deny', '-1', '0.0.0.0/0', None)]",
    entries(n),
)
a = default['Associations'][0]['NetworkAclAssociationId']
b = ec2.replace_network_acl_association(AssociationId=a, NetworkAclId=n)['NewAssociationId']
found = ec2.describe_network_acls(Filters=[{'Name': 'association.subnet-id', 'Values': [s]}])['NetworkAcls']
expect('True [True]', b != a, [f['NetworkAclId'] == n for f in found])


def tell(expected, text):
    expect(expected, text.replace(n, 'ACL').replace(default['NetworkAclId'], 'DEFAULT').replace(v, 'VPC'))


tell("400 DependencyViolation: The networkAcl 'ACL' has dependencies and cannot be deleted.", refused('delete_network_acl', NetworkAclId=n))
tell(
    '400 InvalidParameterValue: cannot delete default network ACL DEFAULT',
    refused('delete_network_acl', NetworkAclId=default['NetworkAclId']),
)
tell("400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.", refused('delete_vpc', VpcId=v))
ec2.replace_network_acl_association(AssociationId=b, NetworkAclId=default['NetworkAclId'])
ec2.delete_network_acl(NetworkAclId=n)
tell("400 InvalidNetworkAclID.NotFound: The networkAcl ID 'ACL' does not exist", refused('describe_network_acls', NetworkAclIds=[n]))
