from ec2_calls import *

expect(
    '400 InvalidVpcID.Malformed: Invalid id: "vpc-nope" (expecting "vpc-...")',
    refused('describe_vpcs', VpcIds=['vpc-0123456789abcdef0', 'vpc-nope']),
)
expect('400 InvalidVpcID.Malformed: Invalid id: "" (expecting "vpc-...")', refused('describe_vpcs', VpcIds=['']))
expect('400 InvalidVpcID.Malformed: Invalid id: "vpc-1" (expecting "vpc-...")', refused('delete_vpc', VpcId='vpc-1'))
expect("400 InvalidParameterValue: The filter 'null' is invalid", refused('describe_vpcs', Filters=[{'Values': ['x']}]))
expect("400 InvalidParameterValue: The filter '' is invalid", refused('describe_vpcs', Filters=[{'Name': '', 'Values': ['x']}]))
