from ec2_calls import *

v, w, same = vpc('10.0.0.0/16'), vpc('10.1.0.0/16'), vpc('10.0.128.0/17')


def status(peer):
    p = ec2.create_vpc_peering_connection(VpcId=v, PeerVpcId=peer)['VpcPeeringConnection']['VpcPeeringConnectionId']
    return p, ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'][0]['Status']


failed, told = status(same)
expect(
    "{'Code': 'failed', 'Message': 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range'} True True",
    told,
    status(v)[1] == told,
    status('vpc-12345678')[1] == told,
)
p, _ = status(w)


def tell(expected, text):
    expect(expected, text.replace(p, 'PCX').replace(failed, 'FAILED').replace(v, 'V').replace(w, 'W'))


for operation, expected in zip(
    ('accept', 'reject', 'delete'),
    [
        '400 InvalidStateTransition: Invalid state transition for FAILED, attempted to transition from failed to provisioning',
        '400 InvalidStateTransition: Invalid state transition for FAILED, attempted to transition from failed to rejected',
        '400 InvalidStateTransition: Invalid state transition for FAILED, attempted to transition from failed to deleting',
    ],
    strict=True,
):
    tell(expected, refused(f'{operation}_vpc_peering_connection', VpcPeeringConnectionId=failed))
tell(
    '400 VpcPeeringConnectionAlreadyExists: A VPC peering connection already exists between W and V: PCX',
    refused('create_vpc_peering_connection', VpcId=w, PeerVpcId=v),
)
tell('400 MissingParameter: The request must contain the parameter peerVpcId', refused('create_vpc_peering_connection', VpcId=v))
tell('400 MissingParameter: The request must contain the parameter vpcId', refused('create_vpc_peering_connection', PeerVpcId=v))
tell(
    "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
    refused('create_vpc_peering_connection', VpcId='vpc-12345678', PeerVpcId=v),
)
tell(
    '501 NotImplemented: Daybreak does not implement VPC peering connections with another account.',
    refused('create_vpc_peering_connection', VpcId=v, PeerVpcId=w, PeerOwnerId='111122223333'),
)
tell(
    '400 OperationNotPermitted: Peering PCX is not active. Peering options can be added only to active peerings.',
    refused(
        'modify_vpc_peering_connection_options',
        VpcPeeringConnectionId=p,
        RequesterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': True},
    ),
)
g, h = group(v), group(w)
tell(
    '400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.',
    refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}]),
)
ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=p)
tell(
    '400 InvalidStateTransition: Invalid state transition for PCX, attempted to transition from active to provisioning',
    refused('accept_vpc_peering_connection', VpcPeeringConnectionId=p),
)
tell(
    '400 InvalidStateTransition: Invalid state transition for PCX, attempted to transition from active to rejected',
    refused('reject_vpc_peering_connection', VpcPeeringConnectionId=p),
)
tell(
    '400 InvalidVpcPeeringConnectionState.DnsHostnamesDisabled: To enable DNS hostname resolution for the VPC peering connection, DNS hostname support must be enabled for the VPCs.',
    refused(
        'modify_vpc_peering_connection_options',
        VpcPeeringConnectionId=p,
        RequesterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': True},
    ),
)
other = table(vpc('10.7.0.0/16'))
tell(
    '400 InvalidParameterValue: route table T and network gateway PCX belong to different networks',
    refused('create_route', RouteTableId=other, DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId=p).replace(other, 'T'),
)
tell(
    "400 InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-12345678' does not exist",
    refused('create_route', RouteTableId=table(v), DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId='pcx-12345678'),
)
tell(
    "400 InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-12345678' does not exist",
    refused('describe_vpc_peering_connections', VpcPeeringConnectionIds=['pcx-12345678']),
)
tell(
    '400 InvalidVpcPeeringConnectionId.Malformed: Invalid id: "x" (expecting "pcx-...")',
    refused('delete_vpc_peering_connection', VpcPeeringConnectionId='x'),
)
