from ec2_calls import *

v = vpc()
s, u = subnet(v), subnet(v, '10.0.2.0/24', 'us-east-1b')
g = group(v)
ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
made = ec2.create_vpc_endpoint(
    VpcId=v, ServiceName='com.amazonaws.us-east-1.lambda', VpcEndpointType='Interface', SubnetIds=[s], SecurityGroupIds=[g], ClientToken='t'
)
e = made['VpcEndpoint']['VpcEndpointId']


def read():
    return ec2.describe_vpc_endpoints(VpcEndpointIds=[e])['VpcEndpoints'][0]


r = read()
expect(
    "pending t available Interface True ipv4 {'DnsRecordIpType': 'ipv4'} [] False us-east-1",
    made['VpcEndpoint']['State'],
    made['ClientToken'],
    r['State'],
    r['VpcEndpointType'],
    r['PrivateDnsEnabled'],
    r['IpAddressType'],
    r['DnsOptions'],
    r['RouteTableIds'],
    r['RequesterManaged'],
    r['ServiceRegion'],
)
suffix = r['DnsEntries'][0]['DnsName'].split('.')[0][len(e) + 1 :]
expect(
    "['ID-SUFFIX.lambda.us-east-1.vpce.amazonaws.com', 'ID-SUFFIX-us-east-1a.lambda.us-east-1.vpce.amazonaws.com', 'lambda.us-east-1.amazonaws.com'] 8",
    [d['DnsName'].replace(e, 'ID').replace(suffix, 'SUFFIX') for d in r['DnsEntries']],
    len(suffix),
)
expect(
    "{'Statement': [{'Action': '*', 'Effect': 'Allow', 'Principal': '*', 'Resource': '*'}]} ['g']",
    json.loads(r['PolicyDocument']),
    [x['GroupName'] for x in r['Groups']],
)
eni = ec2.describe_network_interfaces(NetworkInterfaceIds=r['NetworkInterfaceIds'])['NetworkInterfaces'][0]
expect(
    'VPC Endpoint Interface ID vpc_endpoint True in-use 10.0.1.4 [True]',
    eni['Description'].replace(e, 'ID'),
    eni['InterfaceType'],
    eni['RequesterManaged'],
    eni['Status'],
    eni['PrivateIpAddress'],
    [x['GroupId'] == g for x in eni['Groups']],
)


def tell(expected, text):
    expect(expected, text.replace(e, 'ID').replace(g, 'G').replace(s, 'S').replace(v, 'VPC').replace(eni['NetworkInterfaceId'], 'ENI'))


tell('400 DependencyViolation: resource G has a dependent object', refused('delete_security_group', GroupId=g))
tell("400 DependencyViolation: The subnet 'S' has dependencies and cannot be deleted.", refused('delete_subnet', SubnetId=s))
tell(
    "400 InvalidParameterValue: Network interface 'ENI' is currently in use.",
    refused('delete_network_interface', NetworkInterfaceId=eni['NetworkInterfaceId']),
)
tell(
    '400 AuthFailure: You do not have permission to access the specified resource.',
    refused('modify_network_interface_attribute', NetworkInterfaceId=eni['NetworkInterfaceId'], SourceDestCheck={'Value': False}),
)
h = group(v, 'h')
policy = json.dumps(
    {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': 'lambda:InvokeFunction', 'Resource': '*'}]}
)
ec2.modify_vpc_endpoint(
    VpcEndpointId=e, AddSubnetIds=[u], AddSecurityGroupIds=[h], RemoveSecurityGroupIds=[g], PolicyDocument=policy, PrivateDnsEnabled=False
)
r = read()
expect(
    "2 True ['h'] True False 3",
    len(r['NetworkInterfaceIds']),
    r['SubnetIds'] == [s, u],
    [x['GroupName'] for x in r['Groups']],
    r['PolicyDocument'] == policy,
    r['PrivateDnsEnabled'],
    len(r['DnsEntries']),
)
expect(
    '{True}',
    {
        x['GroupId'] == h
        for x in sum(
            (
                n['Groups']
                for n in ec2.describe_network_interfaces(Filters=[{'Name': 'interface-type', 'Values': ['vpc_endpoint']}] + of(v))[
                    'NetworkInterfaces'
                ]
            ),
            [],
        )
    },
)
ec2.modify_vpc_endpoint(VpcEndpointId=e, RemoveSubnetIds=[s], ResetPolicy=True, PrivateDnsEnabled=True)
expect('True *', read()['SubnetIds'] == [u], json.loads(read()['PolicyDocument'])['Statement'][0]['Action'])
ec2.delete_subnet(SubnetId=s)
tell("400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.", refused('delete_vpc', VpcId=v))
expect(
    '[{\'Error\': {\'Code\': \'InvalidVpcEndpointId.NotFound\', \'Message\': "The Vpc Endpoint Id \'vpce-12345678\' does not exist"}, \'ResourceId\': \'vpce-12345678\'}]',
    ec2.delete_vpc_endpoints(VpcEndpointIds=[e, 'vpce-12345678'])['Unsuccessful'],
)
tell("400 InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id 'ID' does not exist", refused('describe_vpc_endpoints', VpcEndpointIds=[e]))
expect('[]', ec2.describe_network_interfaces(Filters=of(v))['NetworkInterfaces'])
