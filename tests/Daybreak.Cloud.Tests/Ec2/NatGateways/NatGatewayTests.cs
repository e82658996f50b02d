namespace Daybreak.Cloud.Tests.Ec2.NatGateways;

[Trait("Pace", "slow")]
public sealed class NatGatewayTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_gateway_takes_an_address_and_an_interface_and_gives_them_back()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v); igw = gateway(v); t = table(v)
            a = ec2.allocate_address(Domain='vpc', TagSpecifications=[{'ResourceType': 'elastic-ip', 'Tags': [{'Key': 'Name', 'Value': 'nat'}]}])
            print(a['Domain'], a['PublicIpv4Pool'], a['NetworkBorderGroup'], a['PublicIp'].startswith('198.18.'))
            made = ec2.create_nat_gateway(SubnetId=s, AllocationId=a['AllocationId'], ClientToken='t1')['NatGateway']
            n = made['NatGatewayId']
            ec2.get_waiter('nat_gateway_available').wait(NatGatewayIds=[n])
            read = ec2.describe_nat_gateways(Filters=[{'Name': 'subnet-id', 'Values': [s]}])['NatGateways'][0]
            address = read['NatGatewayAddresses'][0]
            print(made['State'], read['State'], read['ConnectivityType'], read['VpcId'] == v, address['PublicIp'] == a['PublicIp'], address['PrivateIp'], address['IsPrimary'], address['Status'])
            print(ec2.create_nat_gateway(SubnetId=s, AllocationId=a['AllocationId'], ClientToken='t1')['NatGateway']['NatGatewayId'] == n)
            eni = ec2.describe_network_interfaces(NetworkInterfaceIds=[address['NetworkInterfaceId']])['NetworkInterfaces'][0]
            print(eni['Description'].replace(n, 'NAT'), eni['InterfaceType'], eni['RequesterManaged'], eni['SourceDestCheck'], eni['Groups'], eni['Status'], eni['Association']['PublicIp'] == a['PublicIp'])
            used = ec2.describe_addresses(AllocationIds=[a['AllocationId']])['Addresses'][0]
            print(used['AssociationId'] == address['AssociationId'], used['NetworkInterfaceId'] == eni['NetworkInterfaceId'], used['PrivateIpAddress'] == address['PrivateIp'], used['Tags'])
            ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', NatGatewayId=n)
            def state(): return [(r['State'], r['NatGatewayId'] == n) for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes'] if 'NatGatewayId' in r]
            print(state(), ec2.describe_subnets(SubnetIds=[s])['Subnets'][0]['AvailableIpAddressCount'])
            def tell(text): print(text.replace(s, 'SUBNET').replace(a['PublicIp'], 'IP').replace(eni['NetworkInterfaceId'], 'ENI').replace(v, 'VPC'))
            tell(refused('delete_subnet', SubnetId=s)); tell(refused('release_address', AllocationId=a['AllocationId']))
            tell(refused('disassociate_address', AssociationId=used['AssociationId'])); tell(refused('delete_network_interface', NetworkInterfaceId=eni['NetworkInterfaceId']))
            tell(refused('detach_network_interface', AttachmentId=eni['Attachment']['AttachmentId'])); tell(refused('detach_internet_gateway', InternetGatewayId=igw, VpcId=v))
            print(ec2.delete_nat_gateway(NatGatewayId=n)['NatGatewayId'] == n, ec2.describe_nat_gateways(NatGatewayIds=[n])['NatGateways'][0]['State'], state())
            ec2.get_waiter('nat_gateway_deleted').wait(NatGatewayIds=[n])
            print(ec2.describe_network_interfaces(Filters=of(v))['NetworkInterfaces'])
            ec2.release_address(AllocationId=a['AllocationId']); ec2.delete_subnet(SubnetId=s)
            """
        );

        Assert.Equal(
            [
                "vpc amazon us-east-1 True",
                "pending available public True True 10.0.1.4 True succeeded",
                "True",
                "Interface for NAT Gateway NAT nat_gateway True False [] in-use True",
                "True True True [{'Key': 'Name', 'Value': 'nat'}]",
                "[('active', True)] 250",
                "400 DependencyViolation: The subnet 'SUBNET' has dependencies and cannot be deleted.",
                "400 InvalidIPAddress.InUse: Address IP is in use.",
                "400 AuthFailure: You do not have permission to access the specified resource.",
                "400 InvalidParameterValue: Network interface 'ENI' is currently in use.",
                "400 OperationNotPermitted: You are not allowed to manage 'ela-attach' attachments.",
                "400 DependencyViolation: Network VPC has some mapped public address(es). Please unmap those public address(es) "
                    + "before detaching the gateway.",
                "True deleted [('blackhole', True)]",
                "[]",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_gateway_that_cannot_work_fails_and_bad_requests_are_refused()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v); a = ec2.allocate_address()['AllocationId']
            def failed(**more):
                n = ec2.create_nat_gateway(SubnetId=s, **more)['NatGateway']['NatGatewayId']
                g = ec2.describe_nat_gateways(NatGatewayIds=[n])['NatGateways'][0]
                print(g['State'], g.get('FailureCode'), g.get('FailureMessage', '').replace(v, 'VPC').replace(a, 'ADDRESS'))
            failed(AllocationId=a)
            gateway(v)
            failed(AllocationId=a); failed(AllocationId=a); failed(ConnectivityType='private', PrivateIpAddress='10.0.1.77')
            def tell(text): print(text.replace(a, 'ADDRESS'))
            tell(refused('create_nat_gateway', SubnetId=s)); tell(refused('create_nat_gateway', AllocationId=a))
            tell(refused('create_nat_gateway', SubnetId='subnet-12345678', AllocationId=a)); tell(refused('create_nat_gateway', SubnetId=s, AllocationId='eipalloc-12345678'))
            tell(refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', AllocationId=a)); tell(refused('create_nat_gateway', SubnetId=s, ConnectivityType='secret'))
            tell(refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', PrivateIpAddress='10.0.2.1')); tell(refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', PrivateIpAddress='10.0.1.2'))
            tell(refused('create_nat_gateway', SubnetId=s, ConnectivityType='private', PrivateIpAddress='10.0.1.77')); tell(refused('create_nat_gateway', SubnetId=s, AllocationId=a, AvailabilityMode='regional'))
            tell(refused('delete_nat_gateway', NatGatewayId='nat-12345678')); tell(refused('delete_nat_gateway', NatGatewayId='x'))
            """
        );

        Assert.Equal(
            [
                "failed Gateway.NotAttached Network VPC has no Internet gateway attached",
                "available None ",
                "failed Resource.AlreadyAssociated Elastic IP address [ADDRESS] is already associated",
                "available None ",
                "400 MissingParameter: The request must include the AllocationId parameter. Add the required parameter and retry "
                    + "the request.",
                "400 MissingParameter: The request must contain the parameter subnetId",
                "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
                "400 InvalidElasticIpID.NotFound: The elastic-ip ID 'eipalloc-12345678' does not exist",
                "400 InvalidParameterCombination: AllocationId cannot be specified for a NAT gateway with private connectivity.",
                "400 InvalidParameterValue: Value (secret) for parameter connectivityType is invalid.",
                "400 InvalidParameterValue: Address does not fall within the subnet's address range",
                "400 InvalidParameterValue: Address is in subnet's reserved address range",
                "400 InvalidIPAddress.InUse: Address 10.0.1.77 is in use.",
                "501 NotImplemented: Daybreak does not implement NAT gateways of the availability mode regional.",
                "400 NatGatewayNotFound: NatGateway nat-12345678 was not found",
                "400 NatGatewayMalformed: Invalid id: \"x\" (expecting \"nat-...\")",
            ],
            lines
        );
    }
}
