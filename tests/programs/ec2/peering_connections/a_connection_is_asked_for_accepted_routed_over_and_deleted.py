from ec2_calls import *

v, w = vpc('10.0.0.0/16'), vpc('10.1.0.0/16')
made = ec2.create_vpc_peering_connection(
    VpcId=v, PeerVpcId=w, TagSpecifications=[{'ResourceType': 'vpc-peering-connection', 'Tags': [{'Key': 'a', 'Value': 'b'}]}]
)['VpcPeeringConnection']
p = made['VpcPeeringConnectionId']


def read():
    return ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'][0]


expect(
    "{'Code': 'initiating-request', 'Message': 'Initiating Request to 444455556666'} {'Code': 'pending-acceptance', 'Message': 'Pending Acceptance by 444455556666'} True [{'Key': 'a', 'Value': 'b'}]",
    made['Status'],
    read()['Status'],
    'ExpirationTime' in read(),
    read()['Tags'],
)
expect(
    "{'CidrBlock': '10.1.0.0/16', 'CidrBlockSet': [{'CidrBlock': '10.1.0.0/16'}], 'OwnerId': '444455556666', 'PeeringOptions': {'AllowDnsResolutionFromRemoteVpc': False, 'AllowEgressFromLocalClassicLinkToRemoteVpc': False, 'AllowEgressFromLocalVpcToRemoteClassicLink': False}, 'Region': 'us-east-1'} True",
    {k: x for k, x in plain(read()['AccepterVpcInfo']).items() if k != 'VpcId'},
    read()['AccepterVpcInfo']['VpcId'] == w,
)
t = table(v)
ec2.create_route(RouteTableId=t, DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId=p)


def route():
    return [
        (r['VpcPeeringConnectionId'] == p, r['State'])
        for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes']
        if r['Origin'] == 'CreateRoute'
    ]


expect("[(True, 'blackhole')]", route())
expect(
    "{'Code': 'provisioning', 'Message': 'Provisioning'} {'Code': 'active', 'Message': 'Active'} False [(True, 'active')]",
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=p)['VpcPeeringConnection']['Status'],
    read()['Status'],
    'ExpirationTime' in read(),
    route(),
)
expect(
    '1',
    len(
        ec2.describe_vpc_peering_connections(
            Filters=[
                {'Name': 'status-code', 'Values': ['active']},
                {'Name': 'accepter-vpc-info.cidr-block', 'Values': ['10.1.*']},
                {'Name': 'requester-vpc-info.vpc-id', 'Values': [v]},
            ]
        )['VpcPeeringConnections']
    ),
)
for x in (v, w):
    ec2.modify_vpc_attribute(VpcId=x, EnableDnsHostnames={'Value': True})
expect(
    'True [False, True]',
    plain(
        ec2.modify_vpc_peering_connection_options(
            VpcPeeringConnectionId=p, AccepterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': True}
        )['AccepterPeeringConnectionOptions']
    )['AllowDnsResolutionFromRemoteVpc'],
    [read()[s]['PeeringOptions']['AllowDnsResolutionFromRemoteVpc'] for s in ('RequesterVpcInfo', 'AccepterVpcInfo')],
)
g, h = group(v), group(w)
ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])


def pair():
    return {
        k: x.replace(h, 'H').replace(w, 'W').replace(p, 'PCX')
        for k, x in plain(
            ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions'][0]['UserIdGroupPairs'][0]
        ).items()
    }


expect("{'GroupId': 'H', 'PeeringStatus': 'active', 'UserId': '444455556666', 'VpcId': 'W', 'VpcPeeringConnectionId': 'PCX'}", pair())
info = [
    r for r in ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules'] if not r['IsEgress']
][0]['ReferencedGroupInfo']
expect(
    "active True 400 DependencyViolation: The vpc 'W' has dependencies and cannot be deleted.",
    info['PeeringStatus'],
    info['VpcPeeringConnectionId'] == p,
    refused('delete_vpc', VpcId=w).replace(w, 'W'),
)


def stale():
    return [
        (
            x['GroupId'] == g,
            [u['GroupId'] == h for p in x['StaleIpPermissions'] for u in p['UserIdGroupPairs']],
            x['StaleIpPermissionsEgress'],
        )
        for x in ec2.describe_stale_security_groups(VpcId=v)['StaleSecurityGroupSet']
    ]


expect(
    '[(True, True, True)] []',
    [
        (x['GroupId'] == h, x['ReferencingVpcId'] == v, x['VpcPeeringConnectionId'] == p)
        for x in ec2.describe_security_group_references(GroupId=[h])['SecurityGroupReferenceSet']
    ],
    stale(),
)
ec2.delete_security_group(GroupId=h)
expect('[(True, [True], [])]', stale())
ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=p)
expect(
    "deleted [(True, 'blackhole')] deleted 400 InvalidStateTransition: Invalid state transition for PCX, attempted to transition from deleted to deleting",
    read()['Status']['Code'],
    route(),
    pair()['PeeringStatus'],
    refused('delete_vpc_peering_connection', VpcPeeringConnectionId=p).replace(p, 'PCX'),
)
ec2.revoke_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])
ec2.delete_vpc(VpcId=w)
expect(
    '10.1.0.0/16 []',
    read()['AccepterVpcInfo']['CidrBlock'],
    ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions'],
)
