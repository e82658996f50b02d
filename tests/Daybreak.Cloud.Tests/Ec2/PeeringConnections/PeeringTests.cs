namespace Daybreak.Cloud.Tests.Ec2.PeeringConnections;

[Trait("Pace", "slow")]
public sealed class PeeringTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_connection_is_asked_for_accepted_routed_over_and_deleted()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v, w = vpc('10.0.0.0/16'), vpc('10.1.0.0/16')
            made = ec2.create_vpc_peering_connection(VpcId=v, PeerVpcId=w, TagSpecifications=[{'ResourceType': 'vpc-peering-connection', 'Tags': [{'Key': 'a', 'Value': 'b'}]}])['VpcPeeringConnection']
            p = made['VpcPeeringConnectionId']
            def read(): return ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'][0]
            print(made['Status'], read()['Status'], 'ExpirationTime' in read(), read()['Tags'])
            print({k: x for k, x in plain(read()['AccepterVpcInfo']).items() if k != 'VpcId'}, read()['AccepterVpcInfo']['VpcId'] == w)
            t = table(v)
            ec2.create_route(RouteTableId=t, DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId=p)
            def route(): return [(r['VpcPeeringConnectionId'] == p, r['State']) for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes'] if r['Origin'] == 'CreateRoute']
            print(route())
            print(ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=p)['VpcPeeringConnection']['Status'], read()['Status'], 'ExpirationTime' in read(), route())
            print(len(ec2.describe_vpc_peering_connections(Filters=[{'Name': 'status-code', 'Values': ['active']}, {'Name': 'accepter-vpc-info.cidr-block', 'Values': ['10.1.*']}, {'Name': 'requester-vpc-info.vpc-id', 'Values': [v]}])['VpcPeeringConnections']))
            for x in (v, w): ec2.modify_vpc_attribute(VpcId=x, EnableDnsHostnames={'Value': True})
            print(plain(ec2.modify_vpc_peering_connection_options(VpcPeeringConnectionId=p, AccepterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': True})['AccepterPeeringConnectionOptions'])['AllowDnsResolutionFromRemoteVpc'],
                [read()[s]['PeeringOptions']['AllowDnsResolutionFromRemoteVpc'] for s in ('RequesterVpcInfo', 'AccepterVpcInfo')])
            g, h = group(v), group(w)
            ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])
            def pair(): return {k: x.replace(h, 'H').replace(w, 'W').replace(p, 'PCX') for k, x in plain(ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions'][0]['UserIdGroupPairs'][0]).items()}
            print(pair())
            info = [r for r in ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules'] if not r['IsEgress']][0]['ReferencedGroupInfo']
            print(info['PeeringStatus'], info['VpcPeeringConnectionId'] == p, refused('delete_vpc', VpcId=w).replace(w, 'W'))
            def stale(): return [(x['GroupId'] == g, [u['GroupId'] == h for p in x['StaleIpPermissions'] for u in p['UserIdGroupPairs']], x['StaleIpPermissionsEgress']) for x in ec2.describe_stale_security_groups(VpcId=v)['StaleSecurityGroupSet']]
            print([(x['GroupId'] == h, x['ReferencingVpcId'] == v, x['VpcPeeringConnectionId'] == p) for x in ec2.describe_security_group_references(GroupId=[h])['SecurityGroupReferenceSet']], stale())
            ec2.delete_security_group(GroupId=h)
            print(stale())
            ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=p)
            print(read()['Status']['Code'], route(), pair()['PeeringStatus'], refused('delete_vpc_peering_connection', VpcPeeringConnectionId=p).replace(p, 'PCX'))
            ec2.revoke_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])
            ec2.delete_vpc(VpcId=w)
            print(read()['AccepterVpcInfo']['CidrBlock'], ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions'])
            """
        );

        Assert.Equal(
            [
                "{'Code': 'initiating-request', 'Message': 'Initiating Request to 444455556666'} {'Code': 'pending-acceptance', "
                    + "'Message': 'Pending Acceptance by 444455556666'} True [{'Key': 'a', 'Value': 'b'}]",
                "{'CidrBlock': '10.1.0.0/16', 'CidrBlockSet': [{'CidrBlock': '10.1.0.0/16'}], 'OwnerId': '444455556666', "
                    + "'PeeringOptions': {'AllowDnsResolutionFromRemoteVpc': False, "
                    + "'AllowEgressFromLocalClassicLinkToRemoteVpc': False, 'AllowEgressFromLocalVpcToRemoteClassicLink': False}, "
                    + "'Region': 'us-east-1'} True",
                "[(True, 'blackhole')]",
                "{'Code': 'provisioning', 'Message': 'Provisioning'} {'Code': 'active', 'Message': 'Active'} False [(True, 'active')]",
                "1",
                "True [False, True]",
                "{'GroupId': 'H', 'PeeringStatus': 'active', 'UserId': '444455556666', 'VpcId': 'W', 'VpcPeeringConnectionId': 'PCX'}",
                "active True 400 DependencyViolation: The vpc 'W' has dependencies and cannot be deleted.",
                "[(True, True, True)] []",
                "[(True, [True], [])]",
                "deleted [(True, 'blackhole')] deleted 400 InvalidStateTransition: Invalid state transition for PCX, attempted to "
                    + "transition from deleted to deleting",
                "10.1.0.0/16 []",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_connections_are_refused_or_fail()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v, w, same = vpc('10.0.0.0/16'), vpc('10.1.0.0/16'), vpc('10.0.128.0/17')
            def status(peer):
                p = ec2.create_vpc_peering_connection(VpcId=v, PeerVpcId=peer)['VpcPeeringConnection']['VpcPeeringConnectionId']
                return p, ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'][0]['Status']
            failed, told = status(same)
            print(told, status(v)[1] == told, status('vpc-12345678')[1] == told)
            p, _ = status(w)
            def tell(text): print(text.replace(p, 'PCX').replace(failed, 'FAILED').replace(v, 'V').replace(w, 'W'))
            for operation in ('accept', 'reject', 'delete'): tell(refused(f'{operation}_vpc_peering_connection', VpcPeeringConnectionId=failed))
            tell(refused('create_vpc_peering_connection', VpcId=w, PeerVpcId=v)); tell(refused('create_vpc_peering_connection', VpcId=v)); tell(refused('create_vpc_peering_connection', PeerVpcId=v))
            tell(refused('create_vpc_peering_connection', VpcId='vpc-12345678', PeerVpcId=v)); tell(refused('create_vpc_peering_connection', VpcId=v, PeerVpcId=w, PeerOwnerId='111122223333'))
            tell(refused('modify_vpc_peering_connection_options', VpcPeeringConnectionId=p, RequesterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': True}))
            g, h = group(v), group(w)
            tell(refused('authorize_security_group_ingress', GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}]))
            ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=p)
            tell(refused('accept_vpc_peering_connection', VpcPeeringConnectionId=p)); tell(refused('reject_vpc_peering_connection', VpcPeeringConnectionId=p))
            tell(refused('modify_vpc_peering_connection_options', VpcPeeringConnectionId=p, RequesterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': True}))
            other = table(vpc('10.7.0.0/16'))
            tell(refused('create_route', RouteTableId=other, DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId=p).replace(other, 'T'))
            tell(refused('create_route', RouteTableId=table(v), DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId='pcx-12345678'))
            tell(refused('describe_vpc_peering_connections', VpcPeeringConnectionIds=['pcx-12345678'])); tell(refused('delete_vpc_peering_connection', VpcPeeringConnectionId='x'))
            """
        );

        Assert.Equal(
            [
                "{'Code': 'failed', 'Message': 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range'} True True",
                "400 InvalidStateTransition: Invalid state transition for FAILED, attempted to transition from failed to provisioning",
                "400 InvalidStateTransition: Invalid state transition for FAILED, attempted to transition from failed to rejected",
                "400 InvalidStateTransition: Invalid state transition for FAILED, attempted to transition from failed to deleting",
                "400 VpcPeeringConnectionAlreadyExists: A VPC peering connection already exists between W and V: PCX",
                "400 MissingParameter: The request must contain the parameter peerVpcId",
                "400 MissingParameter: The request must contain the parameter vpcId",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "501 NotImplemented: Daybreak does not implement VPC peering connections with another account.",
                "400 OperationNotPermitted: Peering PCX is not active. Peering options can be added only to active peerings.",
                "400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
                "400 InvalidStateTransition: Invalid state transition for PCX, attempted to transition from active to provisioning",
                "400 InvalidStateTransition: Invalid state transition for PCX, attempted to transition from active to rejected",
                "400 InvalidVpcPeeringConnectionState.DnsHostnamesDisabled: To enable DNS hostname resolution for the VPC peering "
                    + "connection, DNS hostname support must be enabled for the VPCs.",
                "400 InvalidParameterValue: route table T and network gateway PCX belong to different networks",
                "400 InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-12345678' does not exist",
                "400 InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-12345678' does not exist",
                "400 InvalidVpcPeeringConnectionId.Malformed: Invalid id: \"x\" (expecting \"pcx-...\")",
            ],
            lines
        );
    }
}
