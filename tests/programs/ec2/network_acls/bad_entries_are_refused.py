from ec2_calls import *

v = vpc()
n = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']
s = subnet(v)
far = ec2.create_network_acl(VpcId=vpc())['NetworkAcl']['NetworkAclId']


def entry(expected, operation='create_network_acl_entry', **more):
    expect(
        expected,
        refused(
            operation,
            **{
                'NetworkAclId': n,
                'RuleNumber': 100,
                'Protocol': 'tcp',
                'RuleAction': 'allow',
                'Egress': True,
                'CidrBlock': '0.0.0.0/0',
                'PortRange': {'From': 1, 'To': 2},
                **more,
            }
        )
        .replace(n, 'ACL')
        .replace(far, 'FAR')
        .replace(s, 'SUBNET'),
    )


entry('not refused')
entry('400 NetworkAclEntryAlreadyExists: The network acl entry identified by 100 already exists.')
entry(
    '400 InvalidNetworkAclEntry.NotFound: The network acl entry identified by 5 does not exist.', 'replace_network_acl_entry', RuleNumber=5
)
entry(
    '400 InvalidParameterValue: Value (0) for parameter ruleNumber is invalid. The rule number must be between 1 and 32766.', RuleNumber=0
)
entry(
    '400 InvalidParameterValue: Value (32767) for parameter ruleNumber is invalid. The rule number must be between 1 and 32766.',
    RuleNumber=32767,
)
entry("400 InvalidParameterValue: Invalid value 'x' for IP protocol. Unknown protocol.", Protocol='x')
entry("400 InvalidParameterValue: Invalid value '300' for IP protocol. Unknown protocol.", Protocol='300')
entry('400 InvalidParameterValue: Value (maybe) for parameter ruleAction is invalid.', RuleAction='maybe')
entry('400 InvalidParameterValue: Value (1.2.3.4) for parameter cidrBlock is invalid. This is not a valid CIDR block.', CidrBlock='1.2.3.4')
entry('400 InvalidParameterValue: Value (::/0) for parameter cidrBlock is invalid. This is not a valid CIDR block.', CidrBlock='::/0')
entry('400 MissingParameter: The request must contain the parameter portRange', PortRange={})
entry('400 InvalidParameterValue: Invalid TCP/UDP port range (9:8)', PortRange={'From': 9, 'To': 8})
entry('400 InvalidParameterValue: TCP/UDP port (65536) out of range', PortRange={'From': 9, 'To': 65536})
entry('400 MissingParameter: The request must contain the parameter icmpTypeCode', Protocol='icmp')
entry('400 InvalidParameterValue: ICMP type (999) out of range', Protocol='icmp', IcmpTypeCode={'Type': 999, 'Code': 0})
entry("400 InvalidNetworkAclID.NotFound: The networkAcl ID 'acl-12345678' does not exist", NetworkAclId='acl-12345678')
for i in range(1, 19):
    ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=i, Protocol='-1', RuleAction='allow', Egress=True, CidrBlock='0.0.0.0/0')
entry('400 NetworkAclEntryLimitExceeded: The maximum number of network ACL entries has been reached.', RuleNumber=50)
a = ec2.describe_network_acls(Filters=[{'Name': 'association.subnet-id', 'Values': [s]}])['NetworkAcls'][0]['Associations'][0][
    'NetworkAclAssociationId'
]
expect(
    '400 InvalidParameterValue: network ACL FAR and subnet SUBNET belong to different networks',
    refused('replace_network_acl_association', AssociationId=a, NetworkAclId=far).replace(far, 'FAR').replace(s, 'SUBNET'),
)
expect(
    "400 InvalidAssociationID.NotFound: The association ID 'aclassoc-1' does not exist 400 InvalidNetworkAclEntry.NotFound: The network acl entry identified by 77 does not exist.",
    refused('replace_network_acl_association', AssociationId='aclassoc-1', NetworkAclId=n),
    refused('delete_network_acl_entry', NetworkAclId=n, RuleNumber=77, Egress=False),
)
