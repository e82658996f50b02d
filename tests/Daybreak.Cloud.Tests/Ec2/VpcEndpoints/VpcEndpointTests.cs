namespace Daybreak.Cloud.Tests.Ec2.VpcEndpoints;

[Trait("Pace", "slow")]
public sealed class VpcEndpointTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task An_interface_endpoint_has_an_interface_in_each_subnet_and_names()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s, u = subnet(v), subnet(v, '10.0.2.0/24', 'us-east-1b'); g = group(v)
            ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
            made = ec2.create_vpc_endpoint(VpcId=v, ServiceName='com.amazonaws.us-east-1.lambda', VpcEndpointType='Interface', SubnetIds=[s], SecurityGroupIds=[g], ClientToken='t')
            e = made['VpcEndpoint']['VpcEndpointId']
            def read(): return ec2.describe_vpc_endpoints(VpcEndpointIds=[e])['VpcEndpoints'][0]
            r = read()
            print(made['VpcEndpoint']['State'], made['ClientToken'], r['State'], r['VpcEndpointType'], r['PrivateDnsEnabled'], r['IpAddressType'], r['DnsOptions'], r['RouteTableIds'], r['RequesterManaged'], r['ServiceRegion'])
            suffix = r['DnsEntries'][0]['DnsName'].split('.')[0][len(e) + 1:]
            print([d['DnsName'].replace(e, 'ID').replace(suffix, 'SUFFIX') for d in r['DnsEntries']], len(suffix))
            print(json.loads(r['PolicyDocument']), [x['GroupName'] for x in r['Groups']])
            eni = ec2.describe_network_interfaces(NetworkInterfaceIds=r['NetworkInterfaceIds'])['NetworkInterfaces'][0]
            print(eni['Description'].replace(e, 'ID'), eni['InterfaceType'], eni['RequesterManaged'], eni['Status'], eni['PrivateIpAddress'], [x['GroupId'] == g for x in eni['Groups']])
            def tell(text): print(text.replace(e, 'ID').replace(g, 'G').replace(s, 'S').replace(v, 'VPC').replace(eni['NetworkInterfaceId'], 'ENI'))
            tell(refused('delete_security_group', GroupId=g)); tell(refused('delete_subnet', SubnetId=s)); tell(refused('delete_network_interface', NetworkInterfaceId=eni['NetworkInterfaceId']))
            tell(refused('modify_network_interface_attribute', NetworkInterfaceId=eni['NetworkInterfaceId'], SourceDestCheck={'Value': False}))
            h = group(v, 'h')
            policy = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': 'lambda:InvokeFunction', 'Resource': '*'}]})
            ec2.modify_vpc_endpoint(VpcEndpointId=e, AddSubnetIds=[u], AddSecurityGroupIds=[h], RemoveSecurityGroupIds=[g], PolicyDocument=policy, PrivateDnsEnabled=False)
            r = read()
            print(len(r['NetworkInterfaceIds']), r['SubnetIds'] == [s, u], [x['GroupName'] for x in r['Groups']], r['PolicyDocument'] == policy, r['PrivateDnsEnabled'], len(r['DnsEntries']))
            print({x['GroupId'] == h for x in sum((n['Groups'] for n in ec2.describe_network_interfaces(Filters=[{'Name': 'interface-type', 'Values': ['vpc_endpoint']}] + of(v))['NetworkInterfaces']), [])})
            ec2.modify_vpc_endpoint(VpcEndpointId=e, RemoveSubnetIds=[s], ResetPolicy=True, PrivateDnsEnabled=True)
            print(read()['SubnetIds'] == [u], json.loads(read()['PolicyDocument'])['Statement'][0]['Action'])
            ec2.delete_subnet(SubnetId=s); tell(refused('delete_vpc', VpcId=v))
            print(ec2.delete_vpc_endpoints(VpcEndpointIds=[e, 'vpce-12345678'])['Unsuccessful'])
            tell(refused('describe_vpc_endpoints', VpcEndpointIds=[e])); print(ec2.describe_network_interfaces(Filters=of(v))['NetworkInterfaces'])
            """
        );

        Assert.Equal(
            [
                "pending t available Interface True ipv4 {'DnsRecordIpType': 'ipv4'} [] False us-east-1",
                "['ID-SUFFIX.lambda.us-east-1.vpce.amazonaws.com', 'ID-SUFFIX-us-east-1a.lambda.us-east-1.vpce.amazonaws.com', "
                    + "'lambda.us-east-1.amazonaws.com'] 8",
                "{'Statement': [{'Action': '*', 'Effect': 'Allow', 'Principal': '*', 'Resource': '*'}]} ['g']",
                "VPC Endpoint Interface ID vpc_endpoint True in-use 10.0.1.4 [True]",
                "400 DependencyViolation: resource G has a dependent object",
                "400 DependencyViolation: The subnet 'S' has dependencies and cannot be deleted.",
                "400 InvalidParameterValue: Network interface 'ENI' is currently in use.",
                "400 AuthFailure: You do not have permission to access the specified resource.",
                "2 True ['h'] True False 3",
                "{True}",
                "True *",
                "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
                "[{'Error': {'Code': 'InvalidVpcEndpointId.NotFound', 'Message': \"The Vpc Endpoint Id 'vpce-12345678' does not "
                    + "exist\"}, 'ResourceId': 'vpce-12345678'}]",
                "400 InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id 'ID' does not exist",
                "[]",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_gateway_endpoint_is_a_route_to_a_prefix_list()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); t, u = table(v), table(v)
            made = ec2.create_vpc_endpoint(VpcId=v, ServiceName='com.amazonaws.us-east-1.s3', RouteTableIds=[t])['VpcEndpoint']
            e = made['VpcEndpointId']
            print(made['VpcEndpointType'], made['State'], made['PrivateDnsEnabled'], made['DnsEntries'], made['NetworkInterfaceIds'], made['RouteTableIds'] == [t])
            pl = ec2.describe_prefix_lists(Filters=[{'Name': 'prefix-list-name', 'Values': ['com.amazonaws.us-east-1.s3']}])['PrefixLists'][0]['PrefixListId']
            def routes(x): return [(r['GatewayId'] == e, r['DestinationPrefixListId'] == pl, r['State']) for r in ec2.describe_route_tables(RouteTableIds=[x])['RouteTables'][0]['Routes'] if 'DestinationPrefixListId' in r]
            print(routes(t))
            ec2.modify_vpc_endpoint(VpcEndpointId=e, AddRouteTableIds=[u], RemoveRouteTableIds=[t])
            print(routes(t), routes(u))
            def tell(text): print(text.replace(u, 'U').replace(pl, 'PL'))
            tell(refused('delete_route', RouteTableId=u, DestinationPrefixListId=pl)); tell(refused('create_vpc_endpoint', VpcId=v, ServiceName='com.amazonaws.us-east-1.s3', RouteTableIds=[u]))
            g = group(v); ec2.authorize_security_group_egress(GroupId=g, IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'PrefixListIds': [{'PrefixListId': pl}]}])
            print([p['PrefixListIds'][0]['PrefixListId'] == pl for p in ec2.describe_security_groups(GroupIds=[g])['SecurityGroups'][0]['IpPermissionsEgress'] if p['PrefixListIds']])
            ec2.delete_vpc_endpoints(VpcEndpointIds=[e]); print(routes(u))
            print([(p['PrefixListName'], p['OwnerId'], p['AddressFamily'], len(ec2.get_managed_prefix_list_entries(PrefixListId=p['PrefixListId'])['Entries'])) for p in ec2.describe_managed_prefix_lists(PrefixListIds=[pl])['PrefixLists']])
            """
        );

        Assert.Equal(
            [
                "Gateway available False [] [] True",
                "[(True, True, 'active')]",
                "[] [(True, True, 'active')]",
                "400 InvalidParameterValue: cannot remove VPC endpoint route PL in route table U",
                "400 RouteAlreadyExists: route table U already has a route with destination-prefix-list-id PL",
                "[True]",
                "[]",
                "[('com.amazonaws.us-east-1.s3', 'AWS', 'IPv4', 1)]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_endpoints_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); w = vpc('10.9.0.0/16'); s, twin, far = subnet(v), subnet(v, '10.0.2.0/24'), subnet(w, '10.9.1.0/24'); t = table(w); g = group(w)
            def create(**more):
                text = refused('create_vpc_endpoint', **{'VpcId': v, 'ServiceName': 'com.amazonaws.us-east-1.lambda', 'VpcEndpointType': 'Interface', 'PrivateDnsEnabled': False, **more})
                for i, name in ((v, 'V'), (w, 'W'), (s, 'S'), (twin, 'TWIN'), (far, 'FAR'), (t, 'T'), (g, 'G')): text = text.replace(i, name)
                print(text)
            create(VpcId='vpc-12345678'); create(ServiceName='com.amazonaws.us-east-1.nothing'); create(ServiceName='com.amazonaws.eu-west-1.lambda'); create(ServiceName='')
            create(VpcEndpointType='Gateway'); create(VpcEndpointType=''); create(SubnetIds=[s, twin]); create(SubnetIds=[far]); create(SecurityGroupIds=[g]); create(RouteTableIds=[t])
            create(PrivateDnsEnabled=True); ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True}); create(PrivateDnsEnabled=True); create(PrivateDnsEnabled=True)
            create(PolicyDocument='{'); create(IpAddressType='dualstack')
            create(ServiceName='com.amazonaws.us-east-1.s3', VpcEndpointType='Gateway', SubnetIds=[s]); create(ServiceName='com.amazonaws.us-east-1.s3', VpcEndpointType='Gateway', RouteTableIds=[t])
            d = ec2.describe_vpc_endpoint_services(ServiceNames=['com.amazonaws.us-east-1.lambda'])
            print(d['ServiceNames'], d['ServiceDetails'][0]['ServiceType'], d['ServiceDetails'][0]['PrivateDnsName'], refused('describe_vpc_endpoint_services', ServiceNames=['x']))
            """
        );

        Assert.Equal(
            [
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "400 InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.nothing' does not exist",
                "400 InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.eu-west-1.lambda' does not exist",
                "400 MissingParameter: The request must contain the parameter serviceName",
                "400 InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
                "400 InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
                "400 DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of TWIN",
                "400 InvalidParameter: Subnet FAR does not belong to VPC V",
                "400 InvalidGroup.NotFound: The security group 'G' does not exist in VPC 'V'",
                "400 InvalidParameter: Route table IDs are only supported for Gateway type VPC Endpoint.",
                "400 InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes "
                    + "set to true for V",
                "not refused",
                "400 InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
                    + "lambda.us-east-1.amazonaws.com in the VPC V",
                "400 InvalidPolicyDocument: The Policy Document is invalid: Syntax errors in policy.",
                "501 NotImplemented: Daybreak does not implement VPC endpoints of the address type dualstack.",
                "400 InvalidParameter: Subnet IDs are only supported for Interface type VPC Endpoints.",
                "400 InvalidParameter: Route table T does not belong to VPC V",
                "['com.amazonaws.us-east-1.lambda'] [{'ServiceType': 'Interface'}] lambda.us-east-1.amazonaws.com "
                    + "400 InvalidServiceName: The Vpc Endpoint Service 'x' does not exist",
            ],
            lines
        );
    }
}
