namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>What nobody should send, and what AWS answers: over the wire, one line a request.</summary>
[Trait("Pace", "slow")]
public sealed class BadInputTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Unknown_ids_have_the_code_of_their_kind_wherever_they_stand()
    {
        // Clients tell by these codes that something is gone.
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ids = [('describe_vpcs', 'VpcIds', 'vpc'), ('describe_subnets', 'SubnetIds', 'subnet'), ('describe_internet_gateways', 'InternetGatewayIds', 'igw'), ('describe_route_tables', 'RouteTableIds', 'rtb'),
                ('describe_nat_gateways', 'NatGatewayIds', 'nat'), ('describe_addresses', 'AllocationIds', 'eipalloc'), ('describe_security_groups', 'GroupIds', 'sg'), ('describe_security_group_rules', 'SecurityGroupRuleIds', 'sgr'),
                ('describe_network_acls', 'NetworkAclIds', 'acl'), ('describe_vpc_endpoints', 'VpcEndpointIds', 'vpce'), ('describe_network_interfaces', 'NetworkInterfaceIds', 'eni'), ('describe_dhcp_options', 'DhcpOptionsIds', 'dopt'),
                ('describe_managed_prefix_lists', 'PrefixListIds', 'pl'), ('describe_vpc_peering_connections', 'VpcPeeringConnectionIds', 'pcx')]
            for operation, parameter, prefix in ids: print(refused(operation, **{parameter: [f'{prefix}-0123456789abcdef0']}), '|', refused(operation, **{parameter: ['nonsense']}).split(':')[0])
            for operation, parameters in [('delete_vpc', {'VpcId': 'vpc-1'}), ('delete_subnet', {'SubnetId': 'subnet-1'}), ('delete_internet_gateway', {'InternetGatewayId': 'igw-12345678'}), ('delete_route_table', {'RouteTableId': 'rtb-12345678'}),
                ('disassociate_route_table', {'AssociationId': 'rtbassoc-12345678'}), ('delete_nat_gateway', {'NatGatewayId': 'nat-12345678'}), ('release_address', {'AllocationId': 'eipalloc-12345678'}), ('disassociate_address', {'AssociationId': 'eipassoc-12345678'}),
                ('delete_security_group', {'GroupId': 'sg-12345678'}), ('revoke_security_group_egress', {'GroupId': 'sg-12345678', 'SecurityGroupRuleIds': ['sgr-12345678']}), ('delete_network_acl', {'NetworkAclId': 'acl-12345678'}),
                ('delete_network_interface', {'NetworkInterfaceId': 'eni-12345678'}), ('disassociate_vpc_cidr_block', {'AssociationId': 'vpc-cidr-assoc-12345678'}), ('create_tags', {'Resources': ['vpc-12345678'], 'Tags': [{'Key': 'a', 'Value': 'b'}]}),
                ('create_tags', {'Resources': ['nonsense'], 'Tags': [{'Key': 'a', 'Value': 'b'}]}), ('modify_vpc_endpoint', {'VpcEndpointId': 'vpce-12345678'})]:
                print(refused(operation, **parameters))
            """
        );

        Assert.Equal(
            [
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist | 400 InvalidVpcID.Malformed",
                "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-0123456789abcdef0' does not exist | 400 InvalidSubnetID.NotFound",
                "400 InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-0123456789abcdef0' does not exist | 400 "
                    + "InvalidInternetGatewayId.Malformed",
                "400 InvalidRouteTableID.NotFound: The routeTable ID 'rtb-0123456789abcdef0' does not exist | 400 "
                    + "InvalidRouteTableId.Malformed",
                "400 NatGatewayNotFound: NatGateway nat-0123456789abcdef0 was not found | 400 NatGatewayMalformed",
                "400 InvalidAllocationID.NotFound: The allocation ID 'eipalloc-0123456789abcdef0' does not exist | 400 "
                    + "InvalidAllocationID.NotFound",
                "400 InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist | 400 InvalidGroupId.Malformed",
                "400 InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-0123456789abcdef0' does not exist | 400 "
                    + "InvalidSecurityGroupRuleId.Malformed",
                "400 InvalidNetworkAclID.NotFound: The networkAcl ID 'acl-0123456789abcdef0' does not exist | 400 "
                    + "InvalidNetworkAclId.Malformed",
                "400 InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist | 400 "
                    + "InvalidVpcEndpointId.Malformed",
                "400 InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-0123456789abcdef0' does not exist | 400 "
                    + "InvalidNetworkInterfaceId.Malformed",
                "400 InvalidDhcpOptionID.NotFound: The dhcpOption ID 'dopt-0123456789abcdef0' does not exist | 400 "
                    + "InvalidDhcpOptionsId.Malformed",
                "400 InvalidPrefixListID.NotFound: The prefix list ID 'pl-0123456789abcdef0' does not exist | 400 "
                    + "InvalidPrefixListId.Malformed",
                "400 InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-0123456789abcdef0' does not exist | "
                    + "400 InvalidVpcPeeringConnectionId.Malformed",
                "400 InvalidVpcID.Malformed: Invalid id: \"vpc-1\" (expecting \"vpc-...\")",
                "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist",
                "400 InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-12345678' does not exist",
                "400 InvalidRouteTableID.NotFound: The routeTable ID 'rtb-12345678' does not exist",
                "400 InvalidAssociationID.NotFound: The association ID 'rtbassoc-12345678' does not exist",
                "400 NatGatewayNotFound: NatGateway nat-12345678 was not found",
                "400 InvalidAllocationID.NotFound: The allocation ID 'eipalloc-12345678' does not exist",
                "400 InvalidAssociationID.NotFound: The association ID 'eipassoc-12345678' does not exist",
                "400 InvalidGroup.NotFound: The security group 'sg-12345678' does not exist",
                "400 InvalidGroup.NotFound: The security group 'sg-12345678' does not exist",
                "400 InvalidNetworkAclID.NotFound: The networkAcl ID 'acl-12345678' does not exist",
                "400 InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-12345678' does not exist",
                "400 InvalidVpcCidrBlockAssociationID.NotFound: The vpc CIDR block association ID 'vpc-cidr-assoc-12345678' does not exist",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "400 InvalidID: The ID 'nonsense' is not valid",
                "400 InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id 'vpce-12345678' does not exist",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_network_is_taken_down_in_its_order_only()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v); igw = gateway(v); t = table(v); g, h = group(v, 'g'), group(v, 'h')
            a = ec2.associate_route_table(RouteTableId=t, SubnetId=s)['AssociationId']
            eip = ec2.allocate_address(Domain='vpc')
            nat = ec2.create_nat_gateway(SubnetId=s, AllocationId=eip['AllocationId'])['NatGateway']['NatGatewayId']
            ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', NatGatewayId=nat)
            e = ec2.create_vpc_endpoint(VpcId=v, VpcEndpointType='Interface', ServiceName='com.amazonaws.us-east-1.lambda', SubnetIds=[s], SecurityGroupIds=[g], PrivateDnsEnabled=False)['VpcEndpoint']
            ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])
            n = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']
            held = [x for y in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'] for x in y['Associations']][0]['NetworkAclAssociationId']
            ec2.replace_network_acl_association(AssociationId=held, NetworkAclId=n)
            default = [x for x in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'] if x['IsDefault']][0]['NetworkAclId']
            dopt = ec2.create_dhcp_options(DhcpConfigurations=[{'Key': 'domain-name', 'Values': ['x']}])['DhcpOptions']['DhcpOptionsId']
            ec2.associate_dhcp_options(DhcpOptionsId=dopt, VpcId=v)
            main = ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables'][0]
            names = {v: 'V', s: 'S', igw: 'IGW', t: 'T', g: 'G', h: 'H', a: 'A', eip['PublicIp']: 'EIP', nat: 'NAT', e['VpcEndpointId']: 'VPCE', n: 'ACL', default: 'DEFAULT', dopt: 'DOPT', e['NetworkInterfaceIds'][0]: 'ENI',
                main['RouteTableId']: 'MAIN', main['Associations'][0]['RouteTableAssociationId']: 'MAINASSOC'}
            def tell(operation, **parameters):
                text = refused(operation, **parameters)
                for i, name in names.items(): text = text.replace(i, name)
                print(text)
            tell('delete_vpc', VpcId=v); tell('delete_subnet', SubnetId=s); tell('delete_internet_gateway', InternetGatewayId=igw); tell('detach_internet_gateway', InternetGatewayId=igw, VpcId=v)
            tell('delete_route_table', RouteTableId=t); tell('delete_route_table', RouteTableId=main['RouteTableId']); tell('disassociate_route_table', AssociationId=main['Associations'][0]['RouteTableAssociationId'])
            tell('release_address', AllocationId=eip['AllocationId']); tell('delete_security_group', GroupId=g); tell('delete_security_group', GroupId=h); tell('delete_network_interface', NetworkInterfaceId=e['NetworkInterfaceIds'][0])
            tell('delete_network_acl', NetworkAclId=n); tell('delete_network_acl', NetworkAclId=default); tell('delete_dhcp_options', DhcpOptionsId=dopt)
            tell('disassociate_vpc_cidr_block', AssociationId=ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['CidrBlockAssociationSet'][0]['AssociationId'])
            # In order
            ec2.delete_vpc_endpoints(VpcEndpointIds=[e['VpcEndpointId']]); ec2.delete_nat_gateway(NatGatewayId=nat); ec2.release_address(AllocationId=eip['AllocationId'])
            ec2.delete_security_group(GroupId=g); ec2.delete_security_group(GroupId=h); ec2.disassociate_route_table(AssociationId=a); ec2.delete_subnet(SubnetId=s); ec2.delete_route_table(RouteTableId=t); ec2.delete_network_acl(NetworkAclId=n)
            ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v); ec2.delete_internet_gateway(InternetGatewayId=igw); ec2.delete_vpc(VpcId=v); ec2.delete_dhcp_options(DhcpOptionsId=dopt)
            print('gone')
            """
        );

        Assert.Equal(
            [
                "400 DependencyViolation: The vpc 'V' has dependencies and cannot be deleted.",
                "400 DependencyViolation: The subnet 'S' has dependencies and cannot be deleted.",
                "400 DependencyViolation: The internetGateway 'IGW' has dependencies and cannot be deleted.",
                "400 DependencyViolation: Network V has some mapped public address(es). Please unmap those public address(es) "
                    + "before detaching the gateway.",
                "400 DependencyViolation: The routeTable 'T' has dependencies and cannot be deleted.",
                "400 DependencyViolation: The routeTable 'MAIN' has dependencies and cannot be deleted.",
                "400 InvalidParameterValue: cannot disassociate the main route table association MAINASSOC",
                "400 InvalidIPAddress.InUse: Address EIP is in use.",
                "400 DependencyViolation: resource G has a dependent object",
                "400 DependencyViolation: resource H has a dependent object",
                "400 InvalidParameterValue: Network interface 'ENI' is currently in use.",
                "400 DependencyViolation: The networkAcl 'ACL' has dependencies and cannot be deleted.",
                "400 InvalidParameterValue: cannot delete default network ACL DEFAULT",
                "400 DependencyViolation: The dhcpOptions 'DOPT' has dependencies and cannot be deleted.",
            ],
            lines.Where((_, index) => index < 14)
        );
        Assert.StartsWith("400 OperationNotPermitted: The vpc CIDR block with association ID vpc-cidr-assoc-", lines[14]);
        Assert.Equal("gone", lines[15]);
    }

    [Fact]
    public async Task Nothing_of_one_VPC_stands_in_another()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v, w = vpc(), vpc('10.1.0.0/16'); s, far = subnet(v), subnet(w, '10.1.1.0/24'); g, h = group(v), group(w); t, u = table(v), table(w); igw = gateway(w)
            eip = ec2.allocate_address(Domain='vpc')['AllocationId']
            nat = ec2.create_nat_gateway(SubnetId=far, AllocationId=eip)['NatGateway']['NatGatewayId']
            eni = ec2.create_network_interface(SubnetId=far)['NetworkInterface']['NetworkInterfaceId']
            acl = ec2.create_network_acl(VpcId=w)['NetworkAcl']['NetworkAclId']
            a = ec2.associate_route_table(RouteTableId=t, SubnetId=s)['AssociationId']
            held = [x for y in ec2.describe_network_acls(Filters=of(v))['NetworkAcls'] for x in y['Associations']][0]['NetworkAclAssociationId']
            names = {v: 'V', w: 'W', s: 'S', far: 'FAR', g: 'G', h: 'H', t: 'T', u: 'U', igw: 'IGW', nat: 'NAT', eni: 'ENI', acl: 'ACL'}
            def tell(operation, **parameters):
                text = refused(operation, **parameters)
                for i, name in names.items(): text = text.replace(i, name)
                print(text)
            tell('associate_route_table', RouteTableId=u, SubnetId=s); tell('replace_route_table_association', AssociationId=a, RouteTableId=u); tell('replace_network_acl_association', AssociationId=held, NetworkAclId=acl)
            tell('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw); tell('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', NatGatewayId=nat)
            tell('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', NetworkInterfaceId=eni)
            tell('authorize_security_group_ingress', GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}]}])
            tell('create_network_interface', SubnetId=s, Groups=[h]); tell('create_subnet', VpcId=v, CidrBlock='10.1.2.0/24')
            endpoint = {'VpcId': v, 'VpcEndpointType': 'Interface', 'ServiceName': 'com.amazonaws.us-east-1.lambda', 'PrivateDnsEnabled': False}
            tell('create_vpc_endpoint', **endpoint, SubnetIds=[far]); tell('create_vpc_endpoint', **endpoint, SubnetIds=[s], SecurityGroupIds=[h])
            tell('create_vpc_endpoint', VpcId=v, ServiceName='com.amazonaws.us-east-1.s3', RouteTableIds=[u])
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: route table U and subnet S belong to different networks",
                "400 InvalidParameterValue: route table U and subnet S belong to different networks",
                "400 InvalidParameterValue: network ACL ACL and subnet S belong to different networks",
                "400 InvalidParameterValue: route table T and network gateway IGW belong to different networks",
                "400 InvalidParameterValue: route table T and nat gateway NAT belong to different networks",
                "400 InvalidParameterValue: route table T and interface ENI belong to different networks",
                "400 InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
                "400 InvalidGroup.NotFound: The security group 'H' does not exist in VPC 'V'",
                "400 InvalidSubnet.Range: The CIDR '10.1.2.0/24' is invalid.",
                "400 InvalidParameter: Subnet FAR does not belong to VPC V",
                "400 InvalidGroup.NotFound: The security group 'H' does not exist in VPC 'V'",
                "400 InvalidParameter: Route table U does not belong to VPC V",
            ],
            lines
        );
    }

    [Fact]
    public async Task Limits_hold_however_they_are_reached()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); g = group(v); t = table(v); igw = gateway(v); s = subnet(v)
            def rules(n, at=0, key='IpRanges', member='CidrIp', form='10.{}.{}.0/24'): return [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, key: [{member: form.format(i // 200, i % 200)} for i in range(at, at + n)]}]
            def ingress(permissions): return refused('authorize_security_group_ingress', GroupId=g, IpPermissions=permissions).split(':')[0]
            six = dict(key='Ipv6Ranges', member='CidrIpv6', form='2001:db8:{}:{}::/64')
            print(ingress(rules(61)), '|', ingress(rules(60)), '|', ingress(rules(1, 60)), '|', ingress(rules(60, **six)), '|', ingress(rules(1, 60, **six)))
            print(refused('authorize_security_group_egress', GroupId=g, IpPermissions=rules(60)).split(':')[0], '|', refused('authorize_security_group_egress', GroupId=g, IpPermissions=rules(59)))
            for i in range(499): ec2.create_route(RouteTableId=t, DestinationCidrBlock=f'11.{i // 200}.{i % 200}.0/24', GatewayId=igw)
            print(refused('create_route', RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw).split(':')[0], '|', refused('create_route', RouteTableId=t, DestinationIpv6CidrBlock='::/0', GatewayId=igw))
            n = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']
            def entry(number, egress=False, **cidr): return refused('create_network_acl_entry', NetworkAclId=n, RuleNumber=number, Protocol='-1', RuleAction='allow', Egress=egress, **(cidr or {'CidrBlock': '10.0.0.0/8'})).split(':')[0]
            print({entry(i) for i in range(1, 20)}, entry(20), '|', entry(20, egress=True), '|', {entry(100 + i, Ipv6CidrBlock='::/0') for i in range(19)}, entry(120, Ipv6CidrBlock='::/0'))
            print(refused('replace_network_acl_entry', NetworkAclId=n, RuleNumber=1, Protocol='-1', RuleAction='allow', Egress=False, Ipv6CidrBlock='::/0').split(':')[0])
            groups = [group(v, f'g{i}') for i in range(6)]
            print(refused('create_network_interface', SubnetId=s, Groups=groups), '|', refused('create_network_interface', SubnetId=s, Groups=groups[:5]))
            tiny = subnet(v, '10.0.2.0/28')
            made = [refused('create_network_interface', SubnetId=tiny) for i in range(12)]
            print(set(made[:11]), made[11].replace(tiny, 'TINY'))
            e = ec2.create_network_interface(SubnetId=s)['NetworkInterface']['NetworkInterfaceId']
            print(refused('create_tags', Resources=[e], Tags=[{'Key': f'k{i}', 'Value': ''} for i in range(51)]), '|', refused('describe_vpcs', Filters=[{'Name': 'vpc-id', 'Values': [str(i) for i in range(201)]}]))
            """
        );

        const string Rules = "400 RulesPerSecurityGroupLimitExceeded";
        Assert.Equal(
            [
                $"{Rules} | not refused | {Rules} | not refused | {Rules}",
                $"{Rules} | not refused",
                "400 RouteLimitExceeded | not refused",
                "{'not refused'} 400 NetworkAclEntryLimitExceeded | not refused | {'not refused'} 400 NetworkAclEntryLimitExceeded",
                "400 NetworkAclEntryLimitExceeded",
                "400 SecurityGroupsPerInterfaceLimitExceeded: The maximum number of security groups per interface has been reached. "
                    + "| not refused",
                "{'not refused'} 400 InsufficientFreeAddressesInSubnet: The specified subnet 'TINY' does not have enough free "
                    + "addresses to satisfy the request.",
                "400 TagLimitExceeded: The number of tags for the resource exceeds the limit of 50. | 400 FilterLimitExceeded: The "
                    + "maximum number of filter values specified on a single call is 200",
            ],
            lines
        );
    }

    [Fact]
    public async Task Only_of_a_default_VPC_what_is_not_there_may_be_revoked()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            default = ec2.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']
            rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}, {'CidrIp': '11.0.0.0/8'}]}]
            g, h = group(default, 'unknown'), group(vpc())
            for i in (g, h): ec2.authorize_security_group_ingress(GroupId=i, IpPermissions=[{**rule[0], 'IpRanges': rule[0]['IpRanges'][:1]}])
            print(refused('revoke_security_group_ingress', GroupId=h, IpPermissions=rule))
            told = ec2.revoke_security_group_ingress(GroupId=g, IpPermissions=rule)
            print([p['IpRanges'] for p in told['UnknownIpPermissions']], [r['CidrIpv4'] for r in told['RevokedSecurityGroupRules']], ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissions'])
            """
        );

        Assert.Equal(
            [
                "400 InvalidPermission.NotFound: The specified rule does not exist in this security group.",
                "[[{'CidrIp': '11.0.0.0/8'}]] ['10.0.0.0/8'] []",
            ],
            lines
        );
    }

    [Fact]
    public async Task Every_documented_filter_is_known_and_no_other()
    {
        // Filters as the API reference lists them, of each list that is served. Older editions misspell two, as parent-zoneID.
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            import re
            model = ec2.meta.service_model
            served = ['Addresses', 'AvailabilityZones', 'DhcpOptions', 'EgressOnlyInternetGateways', 'InternetGateways', 'ManagedPrefixLists', 'NatGateways', 'NetworkAcls', 'NetworkInterfaces', 'PrefixLists', 'Regions', 'RouteTables',
                'SecurityGroupRules', 'SecurityGroups', 'Subnets', 'Tags', 'VpcEndpointServices', 'VpcEndpoints', 'VpcPeeringConnections', 'Vpcs']
            asked, unknown = 0, []
            for name in served:
                members = model.operation_model('Describe' + name).input_shape.members
                parameter = 'Filters' if 'Filters' in members else 'Filter'
                operation = 'describe_' + re.sub(r'(?<!^)([A-Z])', r'_\1', name).lower()
                names = [n for n in re.findall(r'<li>\s*<p>\s*<code>([^<]+)</code>', members[parameter].documentation) if not n.startswith('tag:') and '|' not in n and n not in ('parent-zoneID', 'parent-zoneName')]
                for n in names:
                    asked += 1
                    n = 'tag:x' if n == 'tag' else n
                    if refused(operation, **{parameter: [{'Name': n, 'Values': ['x']}]}) != 'not refused': unknown.append((name, n))
                if 'invalid' not in refused(operation, **{parameter: [{'Name': 'colour', 'Values': ['red']}]}): unknown.append((name, 'colour'))
            print(unknown, asked > 100 or asked == 0)
            """
        );

        Assert.Equal(["[] True"], lines);
    }
}
