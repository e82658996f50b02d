from ec2_calls import *

v, w = vpc(), vpc('10.9.0.0/16')
igw, other = gateway(v), gateway(w)
t = table(v)
s = subnet(w, '10.9.1.0/24')


def tell(expected, text):
    for i, name in ((t, 'T'), (igw, 'IGW'), (other, 'OTHER'), (s, 'SUBNET'), (v, 'V'), (w, 'W')):
        text = text.replace(i, name)
    expect(expected, text)


def create(expected, **more):
    tell(expected, refused('create_route', RouteTableId=t, **more))


create(
    '400 InvalidParameterCombination: The request must contain exactly one of gatewayId, egressOnlyInternetGatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId',
    DestinationCidrBlock='0.0.0.0/0',
)
create('400 MissingParameter: The request must contain the parameter destinationCidrBlock', GatewayId=igw)
create(
    '400 InvalidParameterCombination: The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId',
    DestinationCidrBlock='0.0.0.0/0',
    DestinationIpv6CidrBlock='::/0',
    GatewayId=igw,
)
create(
    '400 InvalidParameterCombination: The request must contain exactly one of gatewayId, egressOnlyInternetGatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId',
    DestinationCidrBlock='0.0.0.0/0',
    GatewayId=igw,
    NatGatewayId='nat-12345678',
)
create(
    '400 InvalidParameterValue: Value (0.0.0.0/33) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.',
    DestinationCidrBlock='0.0.0.0/33',
    GatewayId=igw,
)
create(
    '400 InvalidParameterValue: Value (::/0) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.',
    DestinationCidrBlock='::/0',
    GatewayId=igw,
)
create(
    '400 InvalidParameterValue: route table T and network gateway OTHER belong to different networks',
    DestinationCidrBlock='0.0.0.0/0',
    GatewayId=other,
)
create(
    "400 InvalidGatewayID.NotFound: The gateway ID 'igw-12345678' does not exist",
    DestinationCidrBlock='0.0.0.0/0',
    GatewayId='igw-12345678',
)
create(
    "400 InvalidNatGatewayID.NotFound: The natGateway ID 'nat-12345678' does not exist",
    DestinationCidrBlock='0.0.0.0/0',
    NatGatewayId='nat-12345678',
)
create(
    "400 InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-12345678' does not exist",
    DestinationCidrBlock='0.0.0.0/0',
    NetworkInterfaceId='eni-12345678',
)
create(
    "400 InvalidPrefixListID.NotFound: The prefix list ID 'pl-12345678' does not exist",
    DestinationPrefixListId='pl-12345678',
    GatewayId=igw,
)
create('400 RouteAlreadyExists: The route identified by 10.0.0.0/16 already exists.', DestinationCidrBlock='10.0.0.0/16', GatewayId=igw)
create(
    "400 InvalidParameterValue: The destination CIDR block 10.0.7.0/24 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
    DestinationCidrBlock='10.0.7.0/24',
    GatewayId=igw,
)
create('not refused', DestinationCidrBlock='1.2.3.4/0', GatewayId=igw)
create('400 RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.', DestinationCidrBlock='0.0.0.0/0', GatewayId=igw)
tell(
    '400 InvalidParameterValue: cannot remove local route 10.0.0.0/16 in route table T',
    refused('delete_route', RouteTableId=t, DestinationCidrBlock='10.0.0.0/16'),
)
tell(
    '400 InvalidRoute.NotFound: no route with destination-cidr-block 8.8.8.0/24 in route table T',
    refused('delete_route', RouteTableId=t, DestinationCidrBlock='8.8.8.0/24'),
)
tell(
    '400 InvalidRoute.NotFound: no route with destination-ipv6-cidr-block ::/0 in route table T',
    refused('delete_route', RouteTableId=t, DestinationIpv6CidrBlock='::/0'),
)
tell(
    "400 InvalidParameterValue: There is no route defined for '8.8.8.0/24' in the route table. Use CreateRoute instead.",
    refused('replace_route', RouteTableId=t, DestinationCidrBlock='8.8.8.0/24', GatewayId=igw),
)
tell(
    '400 InvalidRouteTableId.Malformed: Invalid id: "rtb-x" (expecting "rtb-...")',
    refused('create_route', RouteTableId='rtb-x', DestinationCidrBlock='0.0.0.0/0', GatewayId=igw),
)
tell(
    '501 NotImplemented: Daybreak does not implement the parameter TransitGatewayId of CreateRoute.',
    refused('create_route', RouteTableId=t, DestinationCidrBlock='9.0.0.0/8', TransitGatewayId='tgw-1'),
)
tell(
    '400 InvalidParameterValue: route table T and subnet SUBNET belong to different networks',
    refused('associate_route_table', RouteTableId=t, SubnetId=s),
)
tell(
    '400 Resource.AlreadyAssociated: resource IGW is already attached to network V',
    refused('attach_internet_gateway', InternetGatewayId=igw, VpcId=w),
)
tell(
    '400 InvalidParameterValue: Network W already has an internet gateway attached',
    refused('attach_internet_gateway', InternetGatewayId=gateway(), VpcId=w),
)
tell(
    '400 Gateway.NotAttached: resource IGW is not attached to network W', refused('detach_internet_gateway', InternetGatewayId=igw, VpcId=w)
)
tell(
    "400 InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-12345678' does not exist",
    refused('delete_internet_gateway', InternetGatewayId='igw-12345678'),
)
eni = ec2.create_network_interface(SubnetId=subnet(v))['NetworkInterface']['NetworkInterfaceId']
create('not refused', DestinationCidrBlock='10.0.7.0/24', NetworkInterfaceId=eni)
tell(
    "400 InvalidParameterValue: The destination CIDR block 10.0.7.0/24 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
    refused('replace_route', RouteTableId=t, DestinationCidrBlock='10.0.7.0/24', GatewayId=igw),
)
tell('not refused', refused('replace_route', RouteTableId=t, DestinationCidrBlock='10.0.7.0/24', NetworkInterfaceId=eni))
