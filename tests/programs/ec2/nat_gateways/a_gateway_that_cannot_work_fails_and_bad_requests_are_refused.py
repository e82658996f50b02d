from ec2_calls import *

v = vpc()
s = subnet(v)
a = ec2.allocate_address()['AllocationId']


def failed(expected, **more):
    n = ec2.create_nat_gateway(SubnetId=s, **more)['NatGateway']['NatGatewayId']
    g = ec2.describe_nat_gateways(NatGatewayIds=[n])['NatGateways'][0]
    expect(expected, g['State'], g.get('FailureCode'), g.get('FailureMessage', '').replace(v, 'VPC').replace(a, 'ADDRESS'))


failed('failed Gateway.NotAttached Network VPC has no Internet gateway attached', AllocationId=a)
gateway(v)
failed('available None ', AllocationId=a)
failed('failed Resource.AlreadyAssociated Elastic IP address [ADDRESS] is already associated', AllocationId=a)
failed('available None ', ConnectivityType='private', PrivateIpAddress='10.0.1.77')


def tell(expected, text):
    expect(expected, text.replace(a, 'ADDRESS'))


tell(
    '400 MissingParameter: The request must include the AllocationId parameter. Add the required parameter and retry the request.',
    refused('create_nat_gateway', SubnetId=s),
)
tell('400 MissingParameter: The request must contain the parameter subnetId', refused('create_nat_gateway', AllocationId=a))
tell(
    "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
    refused('create_nat_gateway', SubnetId='subnet-12345678', AllocationId=a),
)
tell(
    "400 InvalidElasticIpID.NotFound: The elastic-ip ID 'eipalloc-12345678' does not exist",
    refused('create_nat_gateway', SubnetId=s, AllocationId='eipalloc-12345678'),
)
tell(
    '400 InvalidParameterCombination: AllocationId cannot be specified for a NAT gateway with private connectivity.',
    refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', AllocationId=a),
)
tell(
    '400 InvalidParameterValue: Value (secret) for parameter connectivityType is invalid.',
    refused('create_nat_gateway', SubnetId=s, ConnectivityType='secret'),
)
tell(
    "400 InvalidParameterValue: Address does not fall within the subnet's address range",
    refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', PrivateIpAddress='10.0.2.1'),
)
tell(
    "400 InvalidParameterValue: Address is in subnet's reserved address range",
    refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', PrivateIpAddress='10.0.1.2'),
)
tell(
    '400 InvalidIPAddress.InUse: Address 10.0.1.77 is in use.',
    refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', PrivateIpAddress='10.0.1.77'),
)
tell(
    '501 NotImplemented: Daybreak does not implement NAT gateways of the availability mode regional.',
    refused('create_nat_gateway', SubnetId=s, AllocationId=a, AvailabilityMode='regional'),
)
tell('400 NatGatewayNotFound: NatGateway nat-12345678 was not found', refused('delete_nat_gateway', NatGatewayId='nat-12345678'))
tell('400 NatGatewayMalformed: Invalid id: "x" (expecting "nat-...")', refused('delete_nat_gateway', NatGatewayId='x'))
