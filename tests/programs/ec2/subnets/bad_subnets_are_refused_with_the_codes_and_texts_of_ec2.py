from ec2_calls import *

v = vpc()
subnet(v)
for cidr, expected in zip(
    ['10.0.1.0/24', '10.0.1.128/25', '10.0.0.0/16', '10.1.0.0/24', '10.0.9.0/29', '10.0.0.0/15', 'x', '10.0.2.0/33', '::/64', ''],
    [
        "400 InvalidSubnet.Conflict: The CIDR '10.0.1.0/24' conflicts with another subnet",
        "400 InvalidSubnet.Conflict: The CIDR '10.0.1.128/25' conflicts with another subnet",
        "400 InvalidSubnet.Conflict: The CIDR '10.0.0.0/16' conflicts with another subnet",
        "400 InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
        "400 InvalidSubnet.Range: The CIDR '10.0.9.0/29' is invalid.",
        "400 InvalidSubnet.Range: The CIDR '10.0.0.0/15' is invalid.",
        '400 InvalidParameterValue: Value (x) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
        '400 InvalidParameterValue: Value (10.0.2.0/33) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
        '400 InvalidParameterValue: Value (::/64) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
        '400 MissingParameter: The request must contain the parameter cidrBlock',
    ],
    strict=True,
):
    expect(expected, refused('create_subnet', VpcId=v, CidrBlock=cidr))
expect(
    "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
    refused('create_subnet', VpcId='vpc-12345678', CidrBlock='10.0.2.0/24'),
)
expect('400 MissingParameter: The request must contain the parameter vpcId', refused('create_subnet', CidrBlock='10.0.2.0/24'))
expect(
    '400 InvalidParameterValue: Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.',
    refused('create_subnet', VpcId=v, CidrBlock='10.0.2.0/24', AvailabilityZone='us-east-1z'),
)
expect(
    '400 InvalidParameterCombination: Both availabilityZone and availabilityZoneId cannot be specified',
    refused('create_subnet', VpcId=v, CidrBlock='10.0.2.0/24', AvailabilityZone='us-east-1a', AvailabilityZoneId='use1-az6'),
)
expect(
    "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
    refused('modify_subnet_attribute', SubnetId='subnet-12345678', MapPublicIpOnLaunch={'Value': True}),
)
expect("400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist", refused('delete_subnet', SubnetId='subnet-12345678'))
