from ec2_calls import *

for cidr, expected in zip(
    ['10.0.0.0/8', '10.0.0.0/29', '10.0.0.0', '10.0.0.256/16', '2001:db8::/56', ''],
    [
        "400 InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
        "400 InvalidVpc.Range: The CIDR '10.0.0.0/29' is invalid.",
        '400 InvalidParameterValue: Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
        '400 InvalidParameterValue: Value (10.0.0.256/16) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
        '400 InvalidParameterValue: Value (2001:db8::/56) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
        '400 MissingParameter: The request must contain the parameter cidrBlock',
    ],
    strict=True,
):
    expect(expected, refused('create_vpc', CidrBlock=cidr))
expect('100.68.0.0/18', ec2.create_vpc(CidrBlock='100.68.0.18/18')['Vpc']['CidrBlock'])
expect(
    '400 InvalidParameterValue: Value (shared) for parameter instanceTenancy is invalid.',
    refused('create_vpc', CidrBlock='10.0.0.0/16', InstanceTenancy='shared'),
)
expect(
    '412 DryRunOperation: Request would have succeeded, but DryRun flag is set.',
    refused('create_vpc', CidrBlock='10.0.0.0/16', DryRun=True),
)
expect("400 InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.", refused('create_vpc', CidrBlock='10.0.0.0/8', DryRun=True))
expect('412 DryRunOperation: Request would have succeeded, but DryRun flag is set.', refused('describe_vpcs', DryRun=True))
expect("400 InvalidVpcID.NotFound: The vpc ID 'vpc-00000000000000000' does not exist", refused('delete_vpc', VpcId='vpc-00000000000000000'))
expect('400 MissingParameter: The request must contain the parameter vpcId', refused('delete_vpc'))
expect(
    "400 InvalidParameterValue: The filter 'colour' is invalid", refused('describe_vpcs', Filters=[{'Name': 'colour', 'Values': ['red']}])
)
v = vpc()
expect(
    '400 InvalidParameterValue: Value (x) for parameter attribute is invalid.', refused('describe_vpc_attribute', VpcId=v, Attribute='x')
)
expect('400 InvalidParameterCombination: Exactly one attribute must be specified in a request', refused('modify_vpc_attribute', VpcId=v))
expect(
    '400 InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5. 400 InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a value less than 1000.',
    refused('describe_vpcs', MaxResults=4),
    refused('describe_vpcs', MaxResults=1001),
)
expect(
    '400 InvalidParameterCombination: The parameter vpcIds cannot be used with the parameter maxResults 400 InvalidPaginationToken: The specified pagination token is not valid or is expired.',
    refused('describe_vpcs', VpcIds=[v], MaxResults=5),
    refused('describe_vpcs', NextToken='!'),
)
tag = {'Key': 'a', 'Value': 'b'}
expect(
    "400 InvalidParameterValue: 'subnet' is not a valid taggable resource type for this operation.",
    refused('create_vpc', CidrBlock='10.0.0.0/16', TagSpecifications=[{'ResourceType': 'subnet', 'Tags': [tag]}]),
)
expect(
    "400 InvalidParameterValue: Duplicate tag key 'a' specified.",
    refused('create_vpc', CidrBlock='10.0.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [tag, tag]}]),
)
expect(
    "400 InvalidVpc.Range: The CIDR '10.0.128.0/17' is invalid.", refused('associate_vpc_cidr_block', VpcId=v, CidrBlock='10.0.128.0/17')
)
expect(
    '501 NotImplemented: Daybreak does not implement the operation CreateVpnGateway of ec2.', refused('create_vpn_gateway', Type='ipsec.1')
)
