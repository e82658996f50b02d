from ec2_calls import *

ec2 = ec2_in('eu-west-3')
tags = lambda kind: [{'ResourceType': kind, 'Tags': [{'Key': 'Owner', 'Value': 'TeamA'}, {'Key': 'Empty', 'Value': ''}]}]
v = ec2.create_vpc(CidrBlock='10.0.0.0/16', TagSpecifications=tags('vpc'))['Vpc']['VpcId']
s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', TagSpecifications=tags('subnet'))['Subnet']['SubnetId']
g = ec2.create_security_group(GroupName='g', Description='d', VpcId=v, TagSpecifications=tags('security-group'))['GroupId']
a = ec2.allocate_address(TagSpecifications=tags('elastic-ip'))['AllocationId']
ec2.allocate_address()
igw = ec2.create_internet_gateway(TagSpecifications=tags('internet-gateway'))['InternetGateway']['InternetGatewayId']
eigw = ec2.create_egress_only_internet_gateway(VpcId=v, TagSpecifications=tags('egress-only-internet-gateway'))[
    'EgressOnlyInternetGateway'
]['EgressOnlyInternetGatewayId']
lists = [
    ('describe_vpcs', 'Vpcs', 'VpcId', v),
    ('describe_subnets', 'Subnets', 'SubnetId', s),
    ('describe_security_groups', 'SecurityGroups', 'GroupId', g),
    ('describe_addresses', 'Addresses', 'AllocationId', a),
    ('describe_internet_gateways', 'InternetGateways', 'InternetGatewayId', igw),
    ('describe_egress_only_internet_gateways', 'EgressOnlyInternetGateways', 'EgressOnlyInternetGatewayId', eigw),
]
for (operation, member, key, made), expected in zip(
    lists,
    [
        'describe_vpcs True True True True [] [] []',
        'describe_subnets True True True True [] [] []',
        'describe_security_groups True True True True [] [] []',
        'describe_addresses True True True True [] [] []',
        'describe_internet_gateways True True True True [] [] []',
        'describe_egress_only_internet_gateways True True True True [] [] []',
    ],
    strict=True,
):

    def found(name, value):
        return [x[key] for x in getattr(ec2, operation)(Filters=[{'Name': name, 'Values': [value]}])[member]]

    expect(
        expected,
        operation,
        *(found(*f) == [made] for f in (('tag:Owner', 'TeamA'), ('tag:Empty', ''), ('tag:Empty', '*'), ('tag-key', 'Own*'))),
        found('tag:Owner', 'teama'),
        found('tag:Empty', '?'),
        found('tag-key', 'TeamA')
    )
ids = lambda owner: [x['VpcId'] for x in ec2.describe_vpcs(Filters=[{'Name': 'owner-id', 'Values': [owner]}])['Vpcs']]
expect('True []', v in ids('444455556666'), ids('111122223333'))
