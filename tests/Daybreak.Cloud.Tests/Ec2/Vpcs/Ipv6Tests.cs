namespace Daybreak.Cloud.Tests.Ec2.Vpcs;

[Trait("Pace", "slow")]
public sealed class Ipv6Tests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_VPC_gets_a_block_and_its_table_ACL_and_groups_what_follows()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            made = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']
            v = made['VpcId']
            read = ec2.describe_vpcs(Filters=[{'Name': 'ipv6-cidr-block-association.association-id', 'Values': [made['Ipv6CidrBlockAssociationSet'][0]['AssociationId']]}])['Vpcs'][0]
            block = read['Ipv6CidrBlockAssociationSet'][0]
            cidr = block['Ipv6CidrBlock']
            print(made['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlockState'], block['Ipv6CidrBlockState'], cidr.startswith('2001:db8:') and cidr.endswith('/56'), block['NetworkBorderGroup'], block['Ipv6Pool'])
            def routes(): return [r.get('DestinationIpv6CidrBlock', r.get('DestinationCidrBlock')).replace(cidr, 'IPV6') for r in ec2.describe_route_tables(Filters=of(v))['RouteTables'][0]['Routes']]
            def entries(): return sorted((e['Egress'], e['RuleNumber'], e['RuleAction'], e.get('Ipv6CidrBlock', e.get('CidrBlock'))) for e in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'][0]['Entries'])
            def egress(g): return [[r['CidrIp'] for r in p['IpRanges']] + [r['CidrIpv6'] for r in p['Ipv6Ranges']] for p in ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissionsEgress']]
            default = ec2.describe_security_groups(Filters=of(v))['SecurityGroups'][0]['GroupId']
            print(routes(), entries()[:4])
            print(egress(default), egress(group(v)))
            import ipaddress
            def part(n): return str(list(ipaddress.ip_network(cidr).subnets(new_prefix=64))[n])
            s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', Ipv6CidrBlock=part(1))['Subnet']
            print(s['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlockState'], s['AssignIpv6AddressOnCreation'])
            ec2.modify_subnet_attribute(SubnetId=s['SubnetId'], AssignIpv6AddressOnCreation={'Value': True})
            eni = ec2.create_network_interface(SubnetId=s['SubnetId'])['NetworkInterface']
            print(len(eni['Ipv6Addresses']), refused('disassociate_subnet_cidr_block', AssociationId=s['Ipv6CidrBlockAssociationSet'][0]['AssociationId']).split(':')[0])
            print(refused('disassociate_vpc_cidr_block', AssociationId=block['AssociationId']).replace(cidr, 'IPV6'))
            ec2.delete_network_interface(NetworkInterfaceId=eni['NetworkInterfaceId'])
            print(ec2.disassociate_subnet_cidr_block(AssociationId=s['Ipv6CidrBlockAssociationSet'][0]['AssociationId'])['Ipv6CidrBlockAssociation']['Ipv6CidrBlockState'],
                ec2.describe_subnets(SubnetIds=[s['SubnetId']])['Subnets'][0]['Ipv6CidrBlockAssociationSet'])
            print(ec2.associate_subnet_cidr_block(SubnetId=s['SubnetId'], Ipv6CidrBlock=part(1))['Ipv6CidrBlockAssociation']['Ipv6CidrBlock'] == part(1))
            ec2.delete_subnet(SubnetId=s['SubnetId'])
            print(ec2.disassociate_vpc_cidr_block(AssociationId=block['AssociationId'])['Ipv6CidrBlockAssociation']['Ipv6CidrBlockState'], routes(), ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0].get('Ipv6CidrBlockAssociationSet', []))
            """
        );

        Assert.Equal(
            [
                "{'State': 'associating'} {'State': 'associated'} True us-east-1 Amazon",
                "['10.0.0.0/16', 'IPV6'] [(False, 100, 'allow', '0.0.0.0/0'), (False, 101, 'allow', '::/0'), (False, 32767, 'deny', "
                    + "'0.0.0.0/0'), (False, 32768, 'deny', '::/0')]",
                "[['0.0.0.0/0', '::/0']] [['0.0.0.0/0', '::/0']]",
                "{'State': 'associated'} False",
                "1 400 DependencyViolation",
                "400 DependencyViolation: The vpc CIDR block 'IPV6' has dependencies and cannot be deleted.",
                "{'State': 'disassociating'} []",
                "True",
                "{'State': 'disassociating'} ['10.0.0.0/16'] []",
            ],
            lines
        );
    }

    [Fact]
    public async Task What_somebody_changed_is_not_changed_again_when_a_block_comes()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc()
            acl = ec2.describe_network_acls(Filters=of(v))['NetworkAcls'][0]['NetworkAclId']
            ec2.create_network_acl_entry(NetworkAclId=acl, RuleNumber=90, Protocol='6', RuleAction='deny', Egress=False, CidrBlock='10.9.0.0/16', PortRange={'From': 1, 'To': 2})
            g, h = group(v, 'g'), group(v, 'h')
            ec2.revoke_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
            made = ec2.associate_vpc_cidr_block(VpcId=v, AmazonProvidedIpv6CidrBlock=True)['Ipv6CidrBlockAssociation']
            print(made['Ipv6CidrBlockState'], [(e['Egress'], e['RuleNumber']) for e in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'][0]['Entries'] if 'Ipv6CidrBlock' in e])
            print([len(x['IpPermissionsEgress'][0]['Ipv6Ranges']) if x['IpPermissionsEgress'] else None for x in (ec2.describe_security_groups(GroupIds=[i])['SecurityGroups'][0] for i in (g, h))])
            for _ in range(4): ec2.associate_vpc_cidr_block(VpcId=v, AmazonProvidedIpv6CidrBlock=True)
            print(refused('associate_vpc_cidr_block', VpcId=v, AmazonProvidedIpv6CidrBlock=True).replace(v, 'V'))
            """
        );

        Assert.Equal(
            [
                "{'State': 'associating'} [(True, 101), (True, 32768), (False, 32768)]",
                "[None, 1]",
                "400 CidrLimitExceeded: This network 'V' has met its maximum number of allowed CIDRs: 5",
            ],
            lines
        );
    }

    [Fact]
    public async Task Egress_only_gateways_are_targets_of_IPv6_routes()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']['VpcId']; t = table(v)
            e = ec2.create_egress_only_internet_gateway(VpcId=v, ClientToken='once', TagSpecifications=[{'ResourceType': 'egress-only-internet-gateway', 'Tags': [{'Key': 'Name', 'Value': 'out'}]}])['EgressOnlyInternetGateway']
            i = e['EgressOnlyInternetGatewayId']
            def tell(text): print(text.replace(i, 'EIGW').replace(v, 'V').replace(t, 'T'))
            tell(str(plain(e)))
            print(ec2.create_egress_only_internet_gateway(VpcId=v, ClientToken='once')['EgressOnlyInternetGateway']['EgressOnlyInternetGatewayId'] == i)
            tell(refused('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', EgressOnlyInternetGatewayId=i))
            ec2.create_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0', EgressOnlyInternetGatewayId=i)
            def route(): return [(r['EgressOnlyInternetGatewayId'], r['State']) for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes'] if r.get('DestinationIpv6CidrBlock') == '::/0']
            tell(str(route()))
            tell(refused('create_route', RouteTableId=table(vpc()), DestinationIpv6CidrBlock='::/0', EgressOnlyInternetGatewayId=i).split('table rtb')[0])
            tell(refused('delete_vpc', VpcId=v))
            print(len(ec2.describe_egress_only_internet_gateways(Filters=[{'Name': 'tag:Name', 'Values': ['out']}])['EgressOnlyInternetGateways']), ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=i)['ReturnCode'])
            print(ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[i])['EgressOnlyInternetGateways'])
            tell(str(route())); tell(refused('delete_egress_only_internet_gateway', EgressOnlyInternetGatewayId=i))
            """
        );

        Assert.Equal(
            [
                "{'Attachments': [{'State': 'attached', 'VpcId': 'V'}], 'EgressOnlyInternetGatewayId': 'EIGW', 'Tags': [{'Key': "
                    + "'Name', 'Value': 'out'}]}",
                "True",
                "400 InvalidParameterValue: EIGW is an egress-only internet gateway and can only be the target of an IPv6 route.",
                "[('EIGW', 'active')]",
                "400 InvalidParameterValue: route ",
                "400 DependencyViolation: The vpc 'V' has dependencies and cannot be deleted.",
                "1 True",
                "[]",
                "[('EIGW', 'blackhole')]",
                "400 InvalidGatewayID.NotFound: The eigw ID 'EIGW' does not exist",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_IPv6_blocks_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            made = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']
            v, cidr = made['VpcId'], ec2.describe_vpcs(VpcIds=[made['VpcId']])['Vpcs'][0]['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlock']
            def tell(text): print(text.replace(cidr, 'BLOCK').replace(cidr[:-3], 'START').replace(v, 'V'))
            first = cidr.replace('/56', '/64')
            s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', Ipv6CidrBlock=first)['Subnet']
            for block in [first, cidr, cidr.replace('/56', '/65'), cidr.replace('/56', '/62'), 'fd00::/64', '10.0.2.0/24', 'x']:
                tell(refused('create_subnet', VpcId=v, CidrBlock='10.0.2.0/24', Ipv6CidrBlock=block))
            tell(refused('associate_subnet_cidr_block', SubnetId=s['SubnetId'], Ipv6CidrBlock=first).replace(s['SubnetId'], 'S'))
            tell(refused('associate_subnet_cidr_block', SubnetId=s['SubnetId']))
            tell(refused('associate_subnet_cidr_block', SubnetId='subnet-12345678', Ipv6CidrBlock=first))
            tell(refused('disassociate_subnet_cidr_block', AssociationId='subnet-cidr-assoc-12345678'))
            plain_subnet = subnet(vpc())
            tell(refused('modify_subnet_attribute', SubnetId=plain_subnet, AssignIpv6AddressOnCreation={'Value': True}))
            tell(refused('create_network_interface', SubnetId=plain_subnet, Ipv6AddressCount=1).replace(plain_subnet, 'S'))
            tell(refused('create_network_interface', SubnetId=s['SubnetId'], Ipv6Addresses=[{'Ipv6Address': 'fd00::1'}]))
            tell(refused('create_vpc', CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True, Ipv6CidrBlockNetworkBorderGroup='mars'))
            tell(refused('associate_vpc_cidr_block', VpcId=v, CidrBlock='10.1.0.0/16', AmazonProvidedIpv6CidrBlock=True))
            tell(refused('create_egress_only_internet_gateway', VpcId='vpc-12345678')); tell(refused('delete_egress_only_internet_gateway', EgressOnlyInternetGatewayId='eigw-x'))
            """
        );

        Assert.Equal(
            [
                "400 InvalidSubnet.Conflict: The CIDR 'START/64' conflicts with another subnet",
                "400 InvalidSubnet.Conflict: The CIDR 'BLOCK' conflicts with another subnet",
                "400 InvalidSubnet.Range: The CIDR 'START/65' is invalid.",
                "400 InvalidSubnet.Range: The CIDR 'START/62' is invalid.",
                "400 InvalidSubnet.Range: The CIDR 'fd00::/64' is invalid.",
                "400 InvalidParameterValue: Value (10.0.2.0/24) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: Value (x) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.",
                "400 CidrLimitExceeded: This network 'S' has met its maximum number of allowed CIDRs: 1",
                "400 MissingParameter: The request must contain the parameter ipv6CidrBlock",
                "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
                "400 InvalidSubnetCidrBlockAssociationID.NotFound: The subnet CIDR block association ID "
                    + "'subnet-cidr-assoc-12345678' does not exist",
                "400 InvalidParameterValue: Invalid value 'true' for assignIpv6AddressOnCreation. Subnet does not have an IPv6 CIDR block",
                "400 InvalidParameterValue: The subnet 'S' does not have an IPv6 CIDR block associated with it.",
                "400 InvalidParameterValue: Address does not fall within the subnet's address range",
                "400 InvalidParameterValue: Value (mars) for parameter ipv6CidrBlockNetworkBorderGroup is invalid.",
                "400 InvalidParameterCombination: The parameter cidrBlock cannot be used with the parameter amazonProvidedIpv6CidrBlock",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "400 InvalidEgressOnlyInternetGatewayId.Malformed: Invalid id: \"eigw-x\" (expecting \"eigw-...\")",
            ],
            lines
        );
    }
}
