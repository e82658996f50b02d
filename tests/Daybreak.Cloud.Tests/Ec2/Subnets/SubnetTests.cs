namespace Daybreak.Cloud.Tests.Ec2.Subnets;

[Trait("Pace", "slow")]
public sealed class SubnetTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_subnet_is_read_back_as_it_was_asked_for_then_changed_and_deleted()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc()
            made = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', AvailabilityZone='us-east-1b',
                TagSpecifications=[{'ResourceType': 'subnet', 'Tags': [{'Key': 'Name', 'Value': 'b'}]}])['Subnet']
            s = made['SubnetId']
            read = ec2.describe_subnets(SubnetIds=[s])['Subnets'][0]
            print(made == read, read['State'], read['CidrBlock'], read['AvailableIpAddressCount'], read['AvailabilityZone'], read['AvailabilityZoneId'], read['Tags'])
            print(read['SubnetArn'].replace(s, 'ID'), read['DefaultForAz'], read['MapPublicIpOnLaunch'], read['PrivateDnsNameOptionsOnLaunch'])
            ec2.modify_subnet_attribute(SubnetId=s, MapPublicIpOnLaunch={'Value': True})
            print(ec2.describe_subnets(Filters=of(v) + [{'Name': 'map-public-ip-on-launch', 'Values': ['true']}])['Subnets'][0]['SubnetId'] == s)
            by_id = ec2.create_subnet(VpcId=v, CidrBlock='10.0.2.18/24', AvailabilityZoneId='use1-az4')['Subnet']
            print(by_id['AvailabilityZone'], by_id['CidrBlock'], ec2.create_subnet(VpcId=v, CidrBlock='10.0.3.0/28')['Subnet']['AvailableIpAddressCount'])
            print(refused('delete_vpc', VpcId=v).replace(v, 'VPC'))
            ec2.delete_subnet(SubnetId=s)
            print(refused('describe_subnets', SubnetIds=[s]).replace(s, 'SUBNET'))
            """
        );

        Assert.Equal(
            [
                "True available 10.0.1.0/24 251 us-east-1b use1-az1 [{'Key': 'Name', 'Value': 'b'}]",
                "arn:aws:ec2:us-east-1:444455556666:subnet/ID False False "
                    + "{'HostnameType': 'ip-name', 'EnableResourceNameDnsARecord': False, 'EnableResourceNameDnsAAAARecord': False}",
                "True",
                "us-east-1d 10.0.2.0/24 11",
                "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
                "400 InvalidSubnetID.NotFound: The subnet ID 'SUBNET' does not exist",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_subnets_are_refused_with_the_codes_and_texts_of_EC2()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc()
            subnet(v)
            for cidr in ['10.0.1.0/24', '10.0.1.128/25', '10.0.0.0/16', '10.1.0.0/24', '10.0.9.0/29', '10.0.0.0/15', 'x', '10.0.2.0/33', '::/64', '']:
                print(refused('create_subnet', VpcId=v, CidrBlock=cidr))
            print(refused('create_subnet', VpcId='vpc-12345678', CidrBlock='10.0.2.0/24'))
            print(refused('create_subnet', CidrBlock='10.0.2.0/24'))
            print(refused('create_subnet', VpcId=v, CidrBlock='10.0.2.0/24', AvailabilityZone='us-east-1z'))
            print(refused('create_subnet', VpcId=v, CidrBlock='10.0.2.0/24', AvailabilityZone='us-east-1a', AvailabilityZoneId='use1-az6'))
            print(refused('modify_subnet_attribute', SubnetId='subnet-12345678', MapPublicIpOnLaunch={'Value': True}))
            print(refused('delete_subnet', SubnetId='subnet-12345678'))
            """
        );

        Assert.Equal(
            [
                "400 InvalidSubnet.Conflict: The CIDR '10.0.1.0/24' conflicts with another subnet",
                "400 InvalidSubnet.Conflict: The CIDR '10.0.1.128/25' conflicts with another subnet",
                "400 InvalidSubnet.Conflict: The CIDR '10.0.0.0/16' conflicts with another subnet",
                "400 InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
                "400 InvalidSubnet.Range: The CIDR '10.0.9.0/29' is invalid.",
                "400 InvalidSubnet.Range: The CIDR '10.0.0.0/15' is invalid.",
                "400 InvalidParameterValue: Value (x) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: Value (10.0.2.0/33) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: Value (::/64) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 MissingParameter: The request must contain the parameter cidrBlock",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "400 MissingParameter: The request must contain the parameter vpcId",
                "400 InvalidParameterValue: Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently "
                    + "only be created in the "
                    + "following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.",
                "400 InvalidParameterCombination: Both availabilityZone and availabilityZoneId cannot be specified",
                "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
                "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-12345678' does not exist",
            ],
            lines
        );
    }
}
