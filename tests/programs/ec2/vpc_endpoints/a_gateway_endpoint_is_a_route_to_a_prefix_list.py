from ec2_calls import *

v = vpc()
t, u = table(v), table(v)
made = ec2.create_vpc_endpoint(VpcId=v, ServiceName='com.amazonaws.us-east-1.s3', RouteTableIds=[t])['VpcEndpoint']
e = made['VpcEndpointId']
expect(
    'Gateway available False [] [] True',
    made['VpcEndpointType'],
    made['State'],
    made['PrivateDnsEnabled'],
    made['DnsEntries'],
    made['NetworkInterfaceIds'],
    made['RouteTableIds'] == [t],
)
pl = ec2.describe_prefix_lists(Filters=[{'Name': 'prefix-list-name', 'Values': ['com.amazonaws.us-east-1.s3']}])['PrefixLists'][0][
    'PrefixListId'
]


def routes(x):
    return [
        (r['GatewayId'] == e, r['DestinationPrefixListId'] == pl, r['State'])
        for r in ec2.describe_route_tables(RouteTableIds=[x])['RouteTables'][0]['Routes']
        if 'DestinationPrefixListId' in r
    ]


expect("[(True, True, 'active')]", routes(t))
ec2.modify_vpc_endpoint(VpcEndpointId=e, AddRouteTableIds=[u], RemoveRouteTableIds=[t])
expect("[] [(True, True, 'active')]", routes(t), routes(u))


def tell(expected, text):
    expect(expected, text.replace(u, 'U').replace(pl, 'PL'))


tell(
    '400 InvalidParameterValue: cannot remove VPC endpoint route PL in route table U',
    refused('delete_route', RouteTableId=u, DestinationPrefixListId=pl),
)
tell(
    '400 RouteAlreadyExists: route table U already has a route with destination-prefix-list-id PL',
    refused('create_vpc_endpoint', VpcId=v, ServiceName='com.amazonaws.us-east-1.s3', RouteTableIds=[u]),
)
g = group(v)
ec2.authorize_security_group_egress(
    GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'PrefixListIds': [{'PrefixListId': pl}]}]
)
expect(
    '[True]',
    [
        p['PrefixListIds'][0]['PrefixListId'] == pl
        for p in ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissionsEgress']
        if p['PrefixListIds']
    ],
)
ec2.delete_vpc_endpoints(VpcEndpointIds=[e])
expect('[]', routes(u))
expect(
    "[('com.amazonaws.us-east-1.s3', 'AWS', 'IPv4', 1)]",
    [
        (
            p['PrefixListName'],
            p['OwnerId'],
            p['AddressFamily'],
            len(ec2.get_managed_prefix_list_entries(PrefixListId=p['PrefixListId'])['Entries']),
        )
        for p in ec2.describe_managed_prefix_lists(PrefixListIds=[pl])['PrefixLists']
    ],
)
