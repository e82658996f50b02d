namespace Daybreak.Cloud.Tests.Ec2.RouteTables;

[Trait("Pace", "slow")]
public sealed class RouteTableTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Routes_lead_to_the_gateway_and_are_black_holes_without_it()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); igw = gateway(v); t = table(v)
            def routes(): return [(r.get('DestinationCidrBlock') or r.get('DestinationIpv6CidrBlock'), r['GatewayId'].replace(igw, 'IGW'), r['State'], r['Origin']) for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes']]
            print(ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw)['Return'])
            ec2.create_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0', GatewayId=igw)
            print(routes())
            ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v)
            print(routes()[1])
            ec2.delete_internet_gateway(InternetGatewayId=igw)
            print(routes()[1])
            igw = gateway(v)
            ec2.replace_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw)
            print(routes()[1])
            ec2.delete_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0')
            ec2.delete_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0')
            print(routes())
            """
        );

        Assert.Equal(
            [
                "True",
                "[('10.0.0.0/16', 'local', 'active', 'CreateRouteTable'), ('0.0.0.0/0', 'IGW', 'active', 'CreateRoute'), ('::/0', "
                    + "'IGW', 'active', 'CreateRoute')]",
                "('0.0.0.0/0', 'IGW', 'blackhole', 'CreateRoute')",
                "('0.0.0.0/0', 'IGW', 'blackhole', 'CreateRoute')",
                "('0.0.0.0/0', 'IGW', 'active', 'CreateRoute')",
                "[('10.0.0.0/16', 'local', 'active', 'CreateRouteTable')]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Associations_are_made_replaced_and_ended_the_main_one_too()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v); t, u = table(v), table(v)
            main = ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables'][0]
            made = ec2.associate_route_table(RouteTableId=t, SubnetId=s)
            a = made['AssociationId']
            print(made['AssociationState'], ec2.associate_route_table(RouteTableId=t, SubnetId=s)['AssociationId'] == a)
            print(refused('associate_route_table', RouteTableId=u, SubnetId=s).replace(u, 'U'))
            read = ec2.describe_route_tables(Filters=[{'Name': 'association.subnet-id', 'Values': [s]}])['RouteTables'][0]['Associations'][0]
            print(read == {'Main': False, 'RouteTableAssociationId': a, 'RouteTableId': t, 'SubnetId': s, 'AssociationState': {'State': 'associated'}})
            print(refused('delete_route_table', RouteTableId=t).replace(t, 'T'))
            b = ec2.replace_route_table_association(AssociationId=a, RouteTableId=u)['NewAssociationId']
            print(b != a, refused('disassociate_route_table', AssociationId=a).replace(a, 'A'))
            ec2.delete_route_table(RouteTableId=t)
            ec2.disassociate_route_table(AssociationId=b)
            m = main['Associations'][0]['RouteTableAssociationId']
            print(refused('disassociate_route_table', AssociationId=m).replace(m, 'M'), refused('delete_route_table', RouteTableId=main['RouteTableId']).replace(main['RouteTableId'], 'MAIN'))
            ec2.replace_route_table_association(AssociationId=m, RouteTableId=u)
            print([r['RouteTableId'] == u for r in ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables']])
            ec2.delete_route_table(RouteTableId=main['RouteTableId'])
            c = ec2.create_route_table(VpcId=v, ClientToken='once')['RouteTable']['RouteTableId']
            print(ec2.create_route_table(VpcId=v, ClientToken='once')['RouteTable']['RouteTableId'] == c)
            print(refused('create_route_table', VpcId=vpc(), ClientToken='once'))
            print(refused('delete_vpc', VpcId=v).replace(v, 'VPC'))
            ec2.associate_route_table(RouteTableId=c, SubnetId=s)
            ec2.delete_subnet(SubnetId=s)
            ec2.delete_route_table(RouteTableId=c)
            ec2.delete_vpc(VpcId=v)
            """
        );

        Assert.Equal(
            [
                "{'State': 'associated'} True",
                "400 Resource.AlreadyAssociated: the specified association for route table U conflicts with an existing association",
                "True",
                "400 DependencyViolation: The routeTable 'T' has dependencies and cannot be deleted.",
                "True 400 InvalidAssociationID.NotFound: The association ID 'A' does not exist",
                "400 InvalidParameterValue: cannot disassociate the main route table association M "
                    + "400 DependencyViolation: The routeTable 'MAIN' has dependencies and cannot be deleted.",
                "[True]",
                "True",
                "400 IdempotentParameterMismatch: The client token you have provided is associated with a resource whose attributes "
                    + "differ from this request.",
                "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_routes_and_references_across_VPCs_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v, w = vpc(), vpc('10.9.0.0/16'); igw, other = gateway(v), gateway(w); t = table(v); s = subnet(w, '10.9.1.0/24')
            def tell(text):
                for i, name in ((t, 'T'), (igw, 'IGW'), (other, 'OTHER'), (s, 'SUBNET'), (v, 'V'), (w, 'W')): text = text.replace(i, name)
                print(text)
            def create(**more): tell(refused('create_route', RouteTableId=t, **more))
            create(DestinationCidrBlock='0.0.0.0/0')
            create(GatewayId=igw)
            create(DestinationCidrBlock='0.0.0.0/0', DestinationIpv6CidrBlock='::/0', GatewayId=igw)
            create(DestinationCidrBlock='0.0.0.0/0', GatewayId=igw, NatGatewayId='nat-12345678')
            create(DestinationCidrBlock='0.0.0.0/33', GatewayId=igw)
            create(DestinationCidrBlock='::/0', GatewayId=igw)
            create(DestinationCidrBlock='0.0.0.0/0', GatewayId=other)
            create(DestinationCidrBlock='0.0.0.0/0', GatewayId='igw-12345678')
            create(DestinationCidrBlock='0.0.0.0/0', NatGatewayId='nat-12345678')
            create(DestinationCidrBlock='0.0.0.0/0', NetworkInterfaceId='eni-12345678')
            create(DestinationPrefixListId='pl-12345678', GatewayId=igw)
            create(DestinationCidrBlock='10.0.0.0/16', GatewayId=igw)
            create(DestinationCidrBlock='10.0.7.0/24', GatewayId=igw)
            create(DestinationCidrBlock='1.2.3.4/0', GatewayId=igw)
            create(DestinationCidrBlock='0.0.0.0/0', GatewayId=igw)
            tell(refused('delete_route', RouteTableId=t, DestinationCidrBlock='10.0.0.0/16'))
            tell(refused('delete_route', RouteTableId=t, DestinationCidrBlock='8.8.8.0/24'))
            tell(refused('delete_route', RouteTableId=t, DestinationIpv6CidrBlock='::/0'))
            tell(refused('replace_route', RouteTableId=t, DestinationCidrBlock='8.8.8.0/24', GatewayId=igw))
            tell(refused('create_route', RouteTableId='rtb-x', DestinationCidrBlock='0.0.0.0/0', GatewayId=igw))
            tell(refused('create_route', RouteTableId=t, DestinationCidrBlock='9.0.0.0/8', TransitGatewayId='tgw-1'))
            tell(refused('associate_route_table', RouteTableId=t, SubnetId=s))
            tell(refused('attach_internet_gateway', InternetGatewayId=igw, VpcId=w))
            tell(refused('attach_internet_gateway', InternetGatewayId=gateway(), VpcId=w))
            tell(refused('detach_internet_gateway', InternetGatewayId=igw, VpcId=w))
            tell(refused('delete_internet_gateway', InternetGatewayId='igw-12345678'))
            eni = ec2.create_network_interface(SubnetId=subnet(v))['NetworkInterface']['NetworkInterfaceId']
            create(DestinationCidrBlock='10.0.7.0/24', NetworkInterfaceId=eni)
            tell(refused('replace_route', RouteTableId=t, DestinationCidrBlock='10.0.7.0/24', GatewayId=igw))
            tell(refused('replace_route', RouteTableId=t, DestinationCidrBlock='10.0.7.0/24', NetworkInterfaceId=eni))
            """
        );

        const string InsideTheVpc =
            "400 InvalidParameterValue: The destination CIDR block 10.0.7.0/24 is equal to or more specific than one of this VPC's "
            + "CIDR blocks. This route can target only an interface or an instance.";

        Assert.Equal(
            [
                "400 InvalidParameterCombination: The request must contain exactly one of gatewayId, egressOnlyInternetGatewayId, "
                    + "natGatewayId, networkInterfaceId, vpcPeeringConnectionId",
                "400 MissingParameter: The request must contain the parameter destinationCidrBlock",
                "400 InvalidParameterCombination: The request must contain exactly one of destinationCidrBlock, "
                    + "destinationIpv6CidrBlock, destinationPrefixListId",
                "400 InvalidParameterCombination: The request must contain exactly one of gatewayId, egressOnlyInternetGatewayId, "
                    + "natGatewayId, networkInterfaceId, vpcPeeringConnectionId",
                "400 InvalidParameterValue: Value (0.0.0.0/33) for parameter destinationCidrBlock is invalid. This is not a valid "
                    + "CIDR block.",
                "400 InvalidParameterValue: Value (::/0) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: route table T and network gateway OTHER belong to different networks",
                "400 InvalidGatewayID.NotFound: The gateway ID 'igw-12345678' does not exist",
                "400 InvalidNatGatewayID.NotFound: The natGateway ID 'nat-12345678' does not exist",
                "400 InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-12345678' does not exist",
                "400 InvalidPrefixListID.NotFound: The prefix list ID 'pl-12345678' does not exist",
                "400 RouteAlreadyExists: The route identified by 10.0.0.0/16 already exists.",
                InsideTheVpc,
                "not refused",
                "400 RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
                "400 InvalidParameterValue: cannot remove local route 10.0.0.0/16 in route table T",
                "400 InvalidRoute.NotFound: no route with destination-cidr-block 8.8.8.0/24 in route table T",
                "400 InvalidRoute.NotFound: no route with destination-ipv6-cidr-block ::/0 in route table T",
                "400 InvalidParameterValue: There is no route defined for '8.8.8.0/24' in the route table. Use CreateRoute instead.",
                "400 InvalidRouteTableId.Malformed: Invalid id: \"rtb-x\" (expecting \"rtb-...\")",
                "501 NotImplemented: Daybreak does not implement the parameter TransitGatewayId of CreateRoute.",
                "400 InvalidParameterValue: route table T and subnet SUBNET belong to different networks",
                "400 Resource.AlreadyAssociated: resource IGW is already attached to network V",
                "400 InvalidParameterValue: Network W already has an internet gateway attached",
                "400 Gateway.NotAttached: resource IGW is not attached to network W",
                "400 InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-12345678' does not exist",
                "not refused",
                InsideTheVpc,
                "not refused",
            ],
            lines
        );
    }
}
