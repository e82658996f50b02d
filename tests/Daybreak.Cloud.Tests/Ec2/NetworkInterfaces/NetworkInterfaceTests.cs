namespace Daybreak.Cloud.Tests.Ec2.NetworkInterfaces;

[Trait("Pace", "slow")]
public sealed class NetworkInterfaceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task An_interface_has_an_address_groups_and_perhaps_a_public_address()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v); g = group(v); igw = gateway(v)
            made = ec2.create_network_interface(SubnetId=s, Description='mine', Groups=[g], PrivateIpAddress='10.0.1.20')['NetworkInterface']
            e = made['NetworkInterfaceId']
            read = ec2.describe_network_interfaces(NetworkInterfaceIds=[e])['NetworkInterfaces'][0]
            print(made['Status'], read['Status'], read['PrivateIpAddress'], [x['GroupId'] == g for x in read['Groups']], read['RequesterManaged'], read['InterfaceType'], 'PrivateDnsName' in read, 'Attachment' in read)
            second = ec2.create_network_interface(SubnetId=s)['NetworkInterface']
            print(second['PrivateIpAddress'], second['Groups'][0]['GroupName'], second['MacAddress'] != read['MacAddress'])
            def tell(text): print(text.replace(s, 'SUBNET').replace(g, 'G'))
            tell(refused('delete_subnet', SubnetId=s)); tell(refused('delete_security_group', GroupId=g))
            a, b = ec2.allocate_address(), ec2.allocate_address()
            association = ec2.associate_address(AllocationId=a['AllocationId'], NetworkInterfaceId=e)['AssociationId']
            tell(refused('associate_address', AllocationId=a['AllocationId'], NetworkInterfaceId=second['NetworkInterfaceId'], AllowReassociation=False).replace(a['AllocationId'], 'A').replace(association, 'ASSOC'))
            ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
            read = ec2.describe_network_interfaces(Filters=[{'Name': 'association.public-ip', 'Values': [a['PublicIp']]}])['NetworkInterfaces'][0]
            print(read['NetworkInterfaceId'] == e, read['PrivateDnsName'], read['Association']['PublicDnsName'].replace(a['PublicIp'].replace('.', '-'), 'IP'), read['Association']['IpOwnerId'], read['PrivateIpAddresses'][0]['Association'] == read['Association'])
            ec2.associate_address(AllocationId=b['AllocationId'], NetworkInterfaceId=e)
            print(['AssociationId' in ec2.describe_addresses(PublicIps=[x['PublicIp']])['Addresses'][0] for x in (a, b)])
            tell(refused('disassociate_address', AssociationId=association).replace(association, 'ASSOC'))
            tell(refused('release_address', PublicIp=a['PublicIp']))
            other = group(v, 'other')
            ec2.modify_network_interface_attribute(NetworkInterfaceId=e, Groups=[other])
            ec2.modify_network_interface_attribute(NetworkInterfaceId=e, SourceDestCheck={'Value': False})
            ec2.delete_security_group(GroupId=g)
            read = ec2.describe_network_interfaces(Filters=[{'Name': 'group-id', 'Values': [other]}])['NetworkInterfaces'][0]
            print(read['SourceDestCheck'], read['Groups'][0]['GroupName'], read['OwnerId'])
            ec2.delete_network_interface(NetworkInterfaceId=e); ec2.delete_network_interface(NetworkInterfaceId=second['NetworkInterfaceId'])
            print(ec2.describe_addresses_attribute(AllocationIds=[a['AllocationId']], Attribute='domain-name')['Addresses'])
            for x in (a, b): ec2.release_address(AllocationId=x['AllocationId'])
            tell(refused('describe_addresses', PublicIps=[a['PublicIp']]).replace(a['PublicIp'], 'IP'))
            ec2.delete_subnet(SubnetId=s)
            """
        );

        Assert.Equal(
            [
                "pending available 10.0.1.20 [True] False interface False False",
                "10.0.1.4 default True",
                "400 DependencyViolation: The subnet 'SUBNET' has dependencies and cannot be deleted.",
                "400 DependencyViolation: resource G has a dependent object",
                "400 Resource.AlreadyAssociated: resource A is already associated with associate-id ASSOC",
                "True ip-10-0-1-20.ec2.internal ec2-IP.compute-1.amazonaws.com 444455556666 True",
                "[False, True]",
                "400 InvalidAssociationID.NotFound: The association ID 'ASSOC' does not exist",
                "400 InvalidParameterValue: You must specify an allocation id when releasing a VPC elastic IP address",
                "False other 444455556666",
                "[]",
                "400 InvalidAddress.NotFound: Address 'IP' not found.",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_interfaces_are_refused_and_a_full_subnet_has_no_address_left()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v, '10.0.1.0/28'); far = group(vpc()); a = ec2.allocate_address()['AllocationId']
            def tell(text): print(text.replace(s, 'SUBNET').replace(far, 'FAR').replace(v, 'VPC'))
            for ip in ['10.0.1.3', '10.0.1.15', '10.0.2.4', '10.0.1', 'x']: tell(refused('create_network_interface', SubnetId=s, PrivateIpAddress=ip))
            tell(refused('create_network_interface', SubnetId=s, Groups=[far])); tell(refused('create_network_interface', SubnetId=s, Groups=['sg-12345678']))
            made = [ec2.create_network_interface(SubnetId=s)['NetworkInterface']['NetworkInterfaceId'] for i in range(11)]
            tell(refused('create_network_interface', SubnetId=s))
            tell(refused('associate_address', AllocationId=a, NetworkInterfaceId=made[0]))
            tell(refused('associate_address', AllocationId=a, InstanceId='i-12345678'))
            tell(refused('modify_network_interface_attribute', NetworkInterfaceId=made[0]))
            tell(refused('delete_network_interface', NetworkInterfaceId='eni-x'))
            tell(refused('detach_network_interface', AttachmentId='eni-attach-12345678'))
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: Address is in subnet's reserved address range",
                "400 InvalidParameterValue: Address is in subnet's reserved address range",
                "400 InvalidParameterValue: Address does not fall within the subnet's address range",
                "400 InvalidParameterValue: Value (10.0.1) for parameter privateIpAddress is invalid.",
                "400 InvalidParameterValue: Value (x) for parameter privateIpAddress is invalid.",
                "400 InvalidGroup.NotFound: The security group 'FAR' does not exist in VPC 'VPC'",
                "400 InvalidGroup.NotFound: The security group 'sg-12345678' does not exist",
                "400 InsufficientFreeAddressesInSubnet: The specified subnet 'SUBNET' does not have enough free addresses to "
                    + "satisfy the request.",
                "400 Gateway.NotAttached: Network VPC is not attached to any internet gateway",
                "400 InvalidInstanceID.NotFound: The instance ID 'i-12345678' does not exist",
                "400 InvalidParameterCombination: Exactly one attribute must be specified in a request",
                "400 InvalidNetworkInterfaceId.Malformed: Invalid id: \"eni-x\" (expecting \"eni-...\")",
                "400 InvalidAttachmentID.NotFound: The interface attachment ID 'eni-attach-12345678' does not exist",
            ],
            lines
        );
    }
}
