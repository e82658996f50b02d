from ec2_calls import *

made = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']
v, cidr = made['VpcId'], ec2.describe_vpcs(VpcIds=[made['VpcId']])['Vpcs'][0]['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlock']


def tell(expected, text):
    expect(expected, text.replace(cidr, 'BLOCK').replace(cidr[:-3], 'START').replace(v, 'V'))


first = cidr.replace('/56', '/64')
s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', Ipv6CidrBlock=first)['Subnet']
for block, expected in zip(
    [first, cidr, cidr.replace('/56', '/65'), cidr.replace('/56', '/62'), 'fd00::/64', '10.0.2.0/24', 'x'],
    [
        "400 InvalidSubnet.Conflict: The CIDR 'START/64' conflicts with another subnet",
        "400 InvalidSubnet.Conflict: The CIDR 'BLOCK' conflicts with another subnet",
        "400 InvalidSubnet.Range: The CIDR 'START/65' is invalid.",
        "400 InvalidSubnet.Range: The CIDR 'START/62' is invalid.",
        "400 InvalidSubnet.Range: The CIDR 'fd00::/64' is invalid.",
        '400 InvalidParameterValue: Value (10.0.2.0/24) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.',
        '400 InvalidParameterValue: Value (x) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.',
    ],
    strict=True,
):
    tell(expected, refused('create_subnet', VpcId=v, CidrBlock='10.0.2.0/24', Ipv6CidrBlock=block))
tell(
    "400 CidrLimitExceeded: This network 'S' has met its maximum number of allowed CIDRs: 1",
    refused('associate_subnet_cidr_block', SubnetId=s['SubnetId'], Ipv6CidrBlock=first).replace(s['SubnetId'], 'S'),
)
tell(
    '400 MissingParameter: The request must contain the parameter ipv6CidrBlock',
    refused('associate_subnet_cidr_block', SubnetId=s['SubnetId']),
)
tell(
    "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
    refused('associate_subnet_cidr_block', SubnetId='subnet-12345678', Ipv6CidrBlock=first),
)
tell(
    "400 InvalidSubnetCidrBlockAssociationID.NotFound: The subnet CIDR block association ID 'subnet-cidr-assoc-12345678' does not exist",
    refused('disassociate_subnet_cidr_block', AssociationId='subnet-cidr-assoc-12345678'),
)
plain_subnet = subnet(vpc())
tell(
    "400 InvalidParameterValue: Invalid value 'true' for assignIpv6AddressOnCreation. Subnet does not have an IPv6 CIDR block",
    refused('modify_subnet_attribute', SubnetId=plain_subnet, AssignIpv6AddressOnCreation={'Value': True}),
)
tell(
    "400 InvalidParameterValue: The subnet 'S' does not have an IPv6 CIDR block associated with it.",
    refused('create_network_interface', SubnetId=plain_subnet, Ipv6AddressCount=1).replace(plain_subnet, 'S'),
)
tell(
    "400 InvalidParameterValue: Address does not fall within the subnet's address range",
    refused('create_network_interface', SubnetId=s['SubnetId'], Ipv6Addresses=[{'Ipv6Address': 'fd00::1'}]),
)
tell(
    '400 InvalidParameterValue: Value (mars) for parameter ipv6CidrBlockNetworkBorderGroup is invalid.',
    refused('create_vpc', CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True, Ipv6CidrBlockNetworkBorderGroup='mars'),
)
tell(
    '400 InvalidParameterCombination: The parameter cidrBlock cannot be used with the parameter amazonProvidedIpv6CidrBlock',
    refused('associate_vpc_cidr_block', VpcId=v, CidrBlock='10.1.0.0/16', AmazonProvidedIpv6CidrBlock=True),
)
tell(
    "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
    refused('create_egress_only_internet_gateway', VpcId='vpc-12345678'),
)
tell(
    '400 InvalidEgressOnlyInternetGatewayId.Malformed: Invalid id: "eigw-x" (expecting "eigw-...")',
    refused('delete_egress_only_internet_gateway', EgressOnlyInternetGatewayId='eigw-x'),
)
