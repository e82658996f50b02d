namespace Daybreak.Cloud.Tests.Ec2;

/// <summary>
/// The calls that Terraform's AWS provider makes for the networking resources, in its order, and the members that it compares: what is
/// described must be what was asked for, and nothing may be left after destroy. Every answer on the way has only elements that EC2's model
/// has.
/// </summary>
[Trait("Pace", "slow")]
public sealed class TerraformSequenceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // internal/service/ec2 of the provider: a resource has its calls for create, read and delete.
    private const string Beginning = """
        import xml.etree.ElementTree as ET
        from botocore.exceptions import ClientError

        strange, answers = set(), []
        def check(element, shape, path):
            if shape.type_name == 'list':
                for item in element: check(item, shape.member, path)
            elif shape.type_name == 'structure':
                members = {m.serialization.get('name', n): m for n, m in shape.members.items()}
                for child in element:
                    name = child.tag.split('}')[-1]
                    if name in members: check(child, members[name], f'{path}.{name}')
                    else: strange.add(f'{path}.{name}')
        def answered(http_response, model, **_):
            if http_response.status_code != 200: return
            answers.append(model.name)
            for child in ET.fromstring(http_response.content):
                name = child.tag.split('}')[-1]
                members = {m.serialization.get('name', n): m for n, m in model.output_shape.members.items()} if model.output_shape else {}
                # EC2 acknowledges in this way also where its model has no answer.
                if name in members: check(child, members[name], f'{model.name}.{name}')
                elif name not in ('requestId', 'return'): strange.add(f'{model.name}.{name}')
        ec2.meta.events.register('after-call.ec2', answered)

        drift = []
        def compare(resource, asked, shown):
            for name, value in asked.items():
                if shown.get(name) != value: drift.append(f'{resource}.{name}: asked {value!r}, described {shown.get(name)!r}')
        def the_one(found):
            assert len(found) == 1, found
            return found[0]
        def named(kind, name): return [{'ResourceType': kind, 'Tags': [{'Key': 'Name', 'Value': name}]}]
        def where(**filters): return [{'Name': k.replace('_', '-').replace('--', '.'), 'Values': [v]} for k, v in filters.items()]
        TAGS = [{'Key': 'Name', 'Value': 'tf'}]
        undo = []

        """;

    private const string Network = """
        # aws_vpc: create, attributes one by one; read: attributes, then what came with it
        v = ec2.create_vpc(CidrBlock='10.0.0.0/16', InstanceTenancy='default', AmazonProvidedIpv6CidrBlock=False, TagSpecifications=named('vpc', 'tf'))['Vpc']['VpcId']
        ec2.get_waiter('vpc_available').wait(VpcIds=[v])
        ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
        compare('aws_vpc', {'CidrBlock': '10.0.0.0/16', 'InstanceTenancy': 'default', 'Tags': TAGS, 'Ipv6CidrBlockAssociationSet': []}, {'Ipv6CidrBlockAssociationSet': [], **the_one(ec2.describe_vpcs(VpcIds=[v])['Vpcs'])})
        for attribute, value in (('enableDnsHostnames', True), ('enableDnsSupport', True), ('enableNetworkAddressUsageMetrics', False)):
            compare('aws_vpc', {attribute[0].upper() + attribute[1:]: {'Value': value}}, ec2.describe_vpc_attribute(VpcId=v, Attribute=attribute))
        acl = the_one(ec2.describe_network_acls(Filters=where(default='true', vpc_id=v))['NetworkAcls'])
        main = the_one(ec2.describe_route_tables(Filters=where(association__main='true', vpc_id=v))['RouteTables'])
        the_one(ec2.describe_security_groups(Filters=where(group_name='default', vpc_id=v))['SecurityGroups'])
        undo.append(lambda: ec2.delete_vpc(VpcId=v))

        # aws_subnet
        def aws_subnet(cidr, zone, public):
            s = ec2.create_subnet(VpcId=v, CidrBlock=cidr, AvailabilityZone=zone, TagSpecifications=named('subnet', 'tf'))['Subnet']['SubnetId']
            ec2.get_waiter('subnet_available').wait(SubnetIds=[s])
            if public: ec2.modify_subnet_attribute(SubnetId=s, MapPublicIpOnLaunch={'Value': True})
            compare('aws_subnet', {'CidrBlock': cidr, 'AvailabilityZone': zone, 'MapPublicIpOnLaunch': public, 'VpcId': v, 'Tags': TAGS, 'AssignIpv6AddressOnCreation': False, 'EnableDns64': False,
                'Ipv6Native': False, 'DefaultForAz': False, 'PrivateDnsNameOptionsOnLaunch': {'HostnameType': 'ip-name', 'EnableResourceNameDnsARecord': False, 'EnableResourceNameDnsAAAARecord': False}},
                the_one(ec2.describe_subnets(SubnetIds=[s])['Subnets']))
            def destroy():
                assert ec2.describe_network_interfaces(Filters=where(subnet_id=s, description='AWS Lambda VPC ENI*'))['NetworkInterfaces'] == []
                ec2.delete_subnet(SubnetId=s)
            undo.append(destroy)
            return s
        public, private = aws_subnet('10.0.0.0/24', 'us-east-1a', True), aws_subnet('10.0.1.0/24', 'us-east-1b', False)

        # aws_internet_gateway
        igw = ec2.create_internet_gateway(TagSpecifications=named('internet-gateway', 'tf'))['InternetGateway']['InternetGatewayId']
        ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=v)
        compare('aws_internet_gateway', {'Attachments': [{'State': 'available', 'VpcId': v}], 'Tags': TAGS}, the_one(ec2.describe_internet_gateways(InternetGatewayIds=[igw])['InternetGateways']))
        undo.append(lambda: (ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v), ec2.delete_internet_gateway(InternetGatewayId=igw)))

        # aws_eip: reads the name of the address as well
        eip = ec2.allocate_address(Domain='vpc', TagSpecifications=named('elastic-ip', 'tf'))
        compare('aws_eip', {'Domain': 'vpc', 'PublicIp': eip['PublicIp'], 'PublicIpv4Pool': 'amazon', 'NetworkBorderGroup': 'us-east-1', 'Tags': TAGS}, the_one(ec2.describe_addresses(AllocationIds=[eip['AllocationId']])['Addresses']))
        assert ec2.describe_addresses_attribute(AllocationIds=[eip['AllocationId']], Attribute='domain-name')['Addresses'] == []
        undo.append(lambda: ec2.release_address(AllocationId=eip['AllocationId']))

        # aws_nat_gateway
        nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=eip['AllocationId'], ConnectivityType='public', ClientToken='tf-1', TagSpecifications=named('natgateway', 'tf'))['NatGateway']['NatGatewayId']
        ec2.get_waiter('nat_gateway_available').wait(NatGatewayIds=[nat])
        shown = the_one(ec2.describe_nat_gateways(NatGatewayIds=[nat])['NatGateways'])
        compare('aws_nat_gateway', {'SubnetId': public, 'ConnectivityType': 'public', 'Tags': TAGS, 'State': 'available'}, shown)
        compare('aws_nat_gateway address', {'AllocationId': eip['AllocationId'], 'PublicIp': eip['PublicIp'], 'IsPrimary': True}, the_one(shown['NatGatewayAddresses']))
        undo.append(lambda: (ec2.delete_nat_gateway(NatGatewayId=nat), ec2.get_waiter('nat_gateway_deleted').wait(NatGatewayIds=[nat])))

        # aws_route_table with its routes, aws_route_table_association
        def aws_route_table(subnet_id, token, **target):
            t = ec2.create_route_table(VpcId=v, ClientToken=token, TagSpecifications=named('route-table', 'tf'))['RouteTable']['RouteTableId']
            ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', **target)
            a = ec2.associate_route_table(RouteTableId=t, SubnetId=subnet_id)['AssociationId']
            shown = the_one(ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'])
            compare('aws_route_table', {'VpcId': v, 'Tags': TAGS, 'PropagatingVgws': [], 'Routes': [
                {'DestinationCidrBlock': '10.0.0.0/16', 'GatewayId': 'local', 'Origin': 'CreateRouteTable', 'State': 'active'},
                {'DestinationCidrBlock': '0.0.0.0/0', 'Origin': 'CreateRoute', 'State': 'active', **target}]}, shown)
            found = the_one(ec2.describe_route_tables(Filters=where(association__route_table_association_id=a))['RouteTables'])
            compare('aws_route_table_association', {'RouteTableId': t, 'SubnetId': subnet_id, 'Main': False, 'AssociationState': {'State': 'associated'}}, the_one(found['Associations']))
            undo.append(lambda: (ec2.disassociate_route_table(AssociationId=a), ec2.delete_route_table(RouteTableId=t)))
            return t
        aws_route_table(public, 'tf-2', GatewayId=igw)
        routes = aws_route_table(private, 'tf-3', NatGatewayId=nat)

        # aws_security_group: the default egress rule goes at once; aws_security_group_rule, aws_vpc_security_group_egress_rule
        def aws_security_group(name):
            g = ec2.create_security_group(GroupName=name, Description='Managed by Terraform', VpcId=v, TagSpecifications=named('security-group', 'tf'))['GroupId']
            ec2.revoke_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
            try: ec2.revoke_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'Ipv6Ranges': [{'CidrIpv6': '::/0'}]}])
            except ClientError as error: assert error.response['Error']['Code'] in ('InvalidPermission.NotFound', 'InvalidParameterValue'), error
            compare('aws_security_group', {'GroupName': name, 'Description': 'Managed by Terraform', 'VpcId': v, 'OwnerId': '444455556666', 'IpPermissions': [], 'IpPermissionsEgress': [], 'Tags': TAGS,
                'SecurityGroupArn': f'arn:aws:ec2:us-east-1:444455556666:security-group/{g}'}, the_one(ec2.describe_security_groups(GroupIds=[g])['SecurityGroups']))
            undo.append(lambda: ec2.delete_security_group(GroupId=g))
            return g
        db, endpoint_group = aws_security_group('db'), aws_security_group('endpoint')
        ec2.authorize_security_group_ingress(GroupId=endpoint_group, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'UserIdGroupPairs': [{'GroupId': db}]}])
        compare('aws_security_group_rule', {'IpPermissions': [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'UserIdGroupPairs': [{'UserId': '444455556666', 'GroupId': db}], 'IpRanges': [], 'Ipv6Ranges': [], 'PrefixListIds': []}]},
            the_one(ec2.describe_security_groups(GroupIds=[endpoint_group])['SecurityGroups']))
        rule = the_one(ec2.authorize_security_group_egress(GroupId=db, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0', 'Description': 'Lambda'}]}],
            TagSpecifications=named('security-group-rule', 'tf'))['SecurityGroupRules'])['SecurityGroupRuleId']
        compare('aws_vpc_security_group_egress_rule', {'GroupId': db, 'IsEgress': True, 'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'CidrIpv4': '0.0.0.0/0', 'Description': 'Lambda', 'Tags': TAGS,
            'SecurityGroupRuleArn': f'arn:aws:ec2:us-east-1:444455556666:security-group-rule/{rule}'}, the_one(ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])['SecurityGroupRules']))
        undo.append(lambda: (ec2.revoke_security_group_egress(GroupId=db, SecurityGroupRuleIds=[rule]), ec2.revoke_security_group_ingress(GroupId=endpoint_group, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'UserIdGroupPairs': [{'GroupId': db}]}])))

        # aws_vpc_endpoint of both types: polled until available, on destroy until not found
        def aws_vpc_endpoint(asked, **more):
            e = ec2.create_vpc_endpoint(VpcId=v, PrivateDnsEnabled=asked['PrivateDnsEnabled'], ClientToken=asked['ServiceName'], TagSpecifications=named('vpc-endpoint', 'tf'),
                **{k: asked[k] for k in ('ServiceName', 'VpcEndpointType', 'SubnetIds', 'RouteTableIds') if asked.get(k)}, **more)['VpcEndpoint']['VpcEndpointId']
            shown = the_one(ec2.describe_vpc_endpoints(VpcEndpointIds=[e])['VpcEndpoints'])
            compare('aws_vpc_endpoint', {**asked, 'State': 'available', 'VpcId': v, 'OwnerId': '444455556666', 'RequesterManaged': False, 'Tags': TAGS}, shown)
            def destroy():
                assert ec2.delete_vpc_endpoints(VpcEndpointIds=[e])['Unsuccessful'] == []
                assert refused('describe_vpc_endpoints', VpcEndpointIds=[e]).startswith('400 InvalidVpcEndpointId.NotFound')
            undo.append(destroy)
            return shown
        shown = aws_vpc_endpoint({'ServiceName': 'com.amazonaws.us-east-1.lambda', 'VpcEndpointType': 'Interface', 'PrivateDnsEnabled': True, 'SubnetIds': [private], 'RouteTableIds': []}, SecurityGroupIds=[endpoint_group])
        compare('aws_vpc_endpoint', {'Groups': [{'GroupId': endpoint_group, 'GroupName': 'endpoint'}], 'IpAddressType': 'ipv4', 'DnsOptions': {'DnsRecordIpType': 'ipv4'}}, shown)
        the_one(ec2.describe_network_interfaces(NetworkInterfaceIds=shown['NetworkInterfaceIds'])['NetworkInterfaces'])
        shown = aws_vpc_endpoint({'ServiceName': 'com.amazonaws.us-east-1.s3', 'VpcEndpointType': 'Gateway', 'PrivateDnsEnabled': False, 'SubnetIds': [], 'RouteTableIds': [routes]})
        the_one(ec2.describe_prefix_lists(Filters=where(prefix_list_name='com.amazonaws.us-east-1.s3'))['PrefixLists'])

        # aws_network_acl with entries and a subnet
        n = ec2.create_network_acl(VpcId=v, ClientToken='tf-4', TagSpecifications=named('network-acl', 'tf'))['NetworkAcl']['NetworkAclId']
        for egress in (True, False): ec2.create_network_acl_entry(NetworkAclId=n, RuleNumber=100, Protocol='6', RuleAction='allow', Egress=egress, CidrBlock='0.0.0.0/0', PortRange={'From': 1024, 'To': 65535})
        held = the_one([a for x in ec2.describe_network_acls(Filters=where(association__subnet_id=private))['NetworkAcls'] for a in x['Associations'] if a['SubnetId'] == private])
        a = ec2.replace_network_acl_association(AssociationId=held['NetworkAclAssociationId'], NetworkAclId=n)['NewAssociationId']
        shown = the_one(ec2.describe_network_acls(NetworkAclIds=[n])['NetworkAcls'])
        compare('aws_network_acl', {'VpcId': v, 'IsDefault': False, 'Tags': TAGS, 'Associations': [{'NetworkAclAssociationId': a, 'NetworkAclId': n, 'SubnetId': private}]}, shown)
        compare('aws_network_acl', {'Entries': [{'CidrBlock': '0.0.0.0/0', 'Egress': e, 'PortRange': {'From': 1024, 'To': 65535}, 'Protocol': '6', 'RuleAction': 'allow', 'RuleNumber': 100} for e in (True, False)]},
            {'Entries': [e for e in shown['Entries'] if e['RuleNumber'] < 32767]})
        undo.append(lambda: (ec2.replace_network_acl_association(AssociationId=a, NetworkAclId=acl['NetworkAclId']), ec2.delete_network_acl(NetworkAclId=n)))

        print(drift)
        for destroy in reversed(undo): destroy()
        left = [ec2.describe_vpcs(Filters=of(v))['Vpcs'], ec2.describe_subnets(Filters=of(v))['Subnets'], ec2.describe_route_tables(Filters=of(v))['RouteTables'], ec2.describe_network_acls(Filters=of(v))['NetworkAcls'],
            ec2.describe_security_groups(Filters=of(v))['SecurityGroups'], ec2.describe_network_interfaces(Filters=of(v))['NetworkInterfaces'], ec2.describe_addresses()['Addresses'], ec2.describe_vpc_endpoints()['VpcEndpoints']]
        for operation in ('describe_availability_zones', 'describe_regions', 'describe_account_attributes', 'describe_dhcp_options', 'describe_tags', 'describe_managed_prefix_lists', 'describe_vpc_endpoint_services', 'describe_nat_gateways'):
            getattr(ec2, operation)()
        print(left)
        print(strange, len(answers) > 90)
        """;

    [Fact]
    public async Task What_Terraform_asks_for_is_what_is_described_and_gone_after_destroy()
    {
        var lines = await Ec2Client.RunAsync(cloud.Endpoint, Beginning + Network);

        Assert.Equal(["[]", "[[], [], [], [], [], [], [], []]", "set() True"], lines);
    }

    [Fact]
    public async Task IPv6_peers_and_prefix_lists_are_described_as_asked_for_and_gone_after_destroy()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            Beginning
                + """
                import ipaddress
                # aws_vpc with assign_generated_ipv6_cidr_block
                v = ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True, TagSpecifications=named('vpc', 'tf'))['Vpc']
                block = the_one(v['Ipv6CidrBlockAssociationSet'])
                v = v['VpcId']
                shown = the_one(ec2.describe_vpcs(Filters=where(ipv6_cidr_block_association__association_id=block['AssociationId']))['Vpcs'])
                compare('aws_vpc', {'Ipv6CidrBlockAssociationSet': [{'AssociationId': block['AssociationId'], 'Ipv6CidrBlock': block['Ipv6CidrBlock'], 'Ipv6CidrBlockState': {'State': 'associated'}, 'NetworkBorderGroup': 'us-east-1', 'Ipv6Pool': 'Amazon',
                    'Ipv6AddressAttribute': 'public', 'IpSource': 'amazon'}]}, shown)
                undo.append(lambda: ec2.delete_vpc(VpcId=v))

                # aws_subnet: the block with the request, attributes one by one
                cidr = str(next(ipaddress.ip_network(block['Ipv6CidrBlock']).subnets(new_prefix=64)))
                s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.0.0/24', Ipv6CidrBlock=cidr, TagSpecifications=named('subnet', 'tf'))['Subnet']['SubnetId']
                for attribute in ('AssignIpv6AddressOnCreation', 'EnableDns64', 'EnableResourceNameDnsAAAARecordOnLaunch', 'EnableResourceNameDnsARecordOnLaunch'): ec2.modify_subnet_attribute(SubnetId=s, **{attribute: {'Value': True}})
                ec2.modify_subnet_attribute(SubnetId=s, PrivateDnsHostnameTypeOnLaunch='resource-name')
                shown = the_one(ec2.describe_subnets(SubnetIds=[s])['Subnets'])
                compare('aws_subnet', {'AssignIpv6AddressOnCreation': True, 'EnableDns64': True, 'PrivateDnsNameOptionsOnLaunch': {'HostnameType': 'resource-name', 'EnableResourceNameDnsARecord': True, 'EnableResourceNameDnsAAAARecord': True}}, shown)
                compare('aws_subnet', {'Ipv6CidrBlock': cidr, 'Ipv6CidrBlockState': {'State': 'associated'}}, the_one(shown['Ipv6CidrBlockAssociationSet']))
                undo.append(lambda: ec2.delete_subnet(SubnetId=s))

                # aws_egress_only_internet_gateway and its route
                e = ec2.create_egress_only_internet_gateway(VpcId=v, TagSpecifications=named('egress-only-internet-gateway', 'tf'))['EgressOnlyInternetGateway']['EgressOnlyInternetGatewayId']
                compare('aws_egress_only_internet_gateway', {'Attachments': [{'State': 'attached', 'VpcId': v}], 'Tags': TAGS}, the_one(ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[e])['EgressOnlyInternetGateways']))
                t = the_one(ec2.describe_route_tables(Filters=where(association__main='true', vpc_id=v))['RouteTables'])['RouteTableId']
                ec2.create_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0', EgressOnlyInternetGatewayId=e)
                def route(**destination):
                    name, value = the_one(list(destination.items()))
                    return the_one([r for r in the_one(ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'])['Routes'] if r.get(name) == value])
                compare('aws_route', {'EgressOnlyInternetGatewayId': e, 'State': 'active', 'Origin': 'CreateRoute'}, route(DestinationIpv6CidrBlock='::/0'))
                def destroy():
                    ec2.delete_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0')
                    ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=e)
                    assert ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[e])['EgressOnlyInternetGateways'] == []
                undo.append(destroy)

                # aws_vpc_peering_connection with auto_accept, its options and route
                w = ec2.create_vpc(CidrBlock='10.1.0.0/16')['Vpc']['VpcId']
                undo.append(lambda: ec2.delete_vpc(VpcId=w))
                p = ec2.create_vpc_peering_connection(VpcId=v, PeerVpcId=w, TagSpecifications=named('vpc-peering-connection', 'tf'))['VpcPeeringConnection']['VpcPeeringConnectionId']
                assert the_one(ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'])['Status']['Code'] == 'pending-acceptance'
                ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=p)
                ec2.modify_vpc_peering_connection_options(VpcPeeringConnectionId=p, RequesterPeeringConnectionOptions={'AllowDnsResolutionFromRemoteVpc': False})
                shown = the_one(ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'])
                compare('aws_vpc_peering_connection', {'Status': {'Code': 'active', 'Message': 'Active'}, 'Tags': TAGS}, shown)
                compare('aws_vpc_peering_connection', {'VpcId': w, 'OwnerId': '444455556666', 'Region': 'us-east-1'}, shown['AccepterVpcInfo'])
                ec2.create_route(RouteTableId=t, DestinationCidrBlock='10.1.0.0/16', VpcPeeringConnectionId=p)
                compare('aws_route', {'VpcPeeringConnectionId': p, 'State': 'active'}, route(DestinationCidrBlock='10.1.0.0/16'))
                def destroy():
                    ec2.delete_route(RouteTableId=t, DestinationCidrBlock='10.1.0.0/16')
                    ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=p)
                    assert the_one(ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[p])['VpcPeeringConnections'])['Status']['Code'] == 'deleted'
                undo.append(destroy)

                # aws_ec2_managed_prefix_list: entries change with the version
                l = ec2.create_managed_prefix_list(PrefixListName='tf', AddressFamily='IPv4', MaxEntries=5, ClientToken='tf-l', Entries=[{'Cidr': '10.0.0.0/8', 'Description': 'a'}], TagSpecifications=named('prefix-list', 'tf'))['PrefixList']['PrefixListId']
                ec2.modify_managed_prefix_list(PrefixListId=l, CurrentVersion=1, AddEntries=[{'Cidr': '11.0.0.0/8'}])
                shown = the_one(ec2.describe_managed_prefix_lists(PrefixListIds=[l])['PrefixLists'])
                compare('aws_ec2_managed_prefix_list', {'PrefixListName': 'tf', 'AddressFamily': 'IPv4', 'MaxEntries': 5, 'Version': 2, 'State': 'modify-complete', 'OwnerId': '444455556666', 'Tags': TAGS}, shown)
                compare('aws_ec2_managed_prefix_list', {'Entries': [{'Cidr': '10.0.0.0/8', 'Description': 'a'}, {'Cidr': '11.0.0.0/8'}]}, ec2.get_managed_prefix_list_entries(PrefixListId=l))
                ec2.get_managed_prefix_list_associations(PrefixListId=l)
                undo.append(lambda: ec2.delete_managed_prefix_list(PrefixListId=l))

                print(drift)
                for destroy in reversed(undo): destroy()
                print([ec2.describe_vpcs(VpcIds=[])['Vpcs'] and ec2.describe_vpcs(Filters=of(x))['Vpcs'] for x in (v, w)], ec2.describe_managed_prefix_lists(Filters=where(owner_id='444455556666'))['PrefixLists'])
                print(strange, len(answers) > 30)
                """
        );

        Assert.Equal(["[]", "[[], []] []", "set() True"], lines);
    }
}
