from ec2_calls import *

v = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']['VpcId']
t = table(v)
e = ec2.create_egress_only_internet_gateway(
    VpcId=v,
    ClientToken='once',
    TagSpecifications=[{'ResourceType': 'egress-only-internet-gateway', 'Tags': [{'Key': 'Name', 'Value': 'out'}]}],
)['EgressOnlyInternetGateway']
i = e['EgressOnlyInternetGatewayId']


def tell(expected, text):
    expect(expected, text.replace(i, 'EIGW').replace(v, 'V').replace(t, 'T'))


tell(
    "{'Attachments': [{'State': 'attached', 'VpcId': 'V'}], 'EgressOnlyInternetGatewayId': 'EIGW', 'Tags': [{'Key': 'Name', 'Value': 'out'}]}",
    str(plain(e)),
)
expect(
    'True',
    ec2.create_egress_only_internet_gateway(VpcId=v, ClientToken='once')['EgressOnlyInternetGateway']['EgressOnlyInternetGatewayId'] == i,
)
tell(
    '400 InvalidParameterValue: EIGW is an egress-only internet gateway and can only be the target of an IPv6 route.',
    refused('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', EgressOnlyInternetGatewayId=i),
)
ec2.create_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0', EgressOnlyInternetGatewayId=i)


def route():
    return [
        (r['EgressOnlyInternetGatewayId'], r['State'])
        for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes']
        if r.get('DestinationIpv6CidrBlock') == '::/0'
    ]


tell("[('EIGW', 'active')]", str(route()))
tell(
    '400 InvalidParameterValue: route ',
    refused('create_route', RouteTableId=table(vpc()), DestinationIpv6CidrBlock='::/0', EgressOnlyInternetGatewayId=i).split('table rtb')[
        0
    ],
)
tell("400 DependencyViolation: The vpc 'V' has dependencies and cannot be deleted.", refused('delete_vpc', VpcId=v))
expect(
    '1 True',
    len(ec2.describe_egress_only_internet_gateways(Filters=[{'Name': 'tag:Name', 'Values': ['out']}])['EgressOnlyInternetGateways']),
    ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=i)['ReturnCode'],
)
expect('[]', ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[i])['EgressOnlyInternetGateways'])
tell("[('EIGW', 'blackhole')]", str(route()))
tell(
    "400 InvalidGatewayID.NotFound: The eigw ID 'EIGW' does not exist",
    refused('delete_egress_only_internet_gateway', EgressOnlyInternetGatewayId=i),
)
