namespace Daybreak.Cloud.Tests.Ec2.Networks;

/// <summary>What AWS gives to every account without being asked.</summary>
[Trait("Pace", "slow")]
public sealed class DefaultVpcTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Every_account_and_region_begins_with_the_default_VPC()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            vpcs = ec2.describe_vpcs()['Vpcs']
            v = vpcs[0]
            print(len(vpcs), v['CidrBlock'], v['IsDefault'], v['State'], v['InstanceTenancy'], v['OwnerId'], [a['CidrBlock'] for a in v['CidrBlockAssociationSet']])
            subnets = sorted(ec2.describe_subnets(Filters=of(v['VpcId']))['Subnets'], key=lambda s: s['AvailabilityZone'])
            print([(s['AvailabilityZone'], s['CidrBlock']) for s in subnets])
            print({(s['DefaultForAz'], s['MapPublicIpOnLaunch'], s['AvailableIpAddressCount'], s['State']) for s in subnets})
            igw = ec2.describe_internet_gateways(Filters=[{'Name': 'attachment.vpc-id', 'Values': [v['VpcId']]}])['InternetGateways'][0]
            main = ec2.describe_route_tables(Filters=of(v['VpcId']))['RouteTables'][0]
            print([(r['DestinationCidrBlock'], r['GatewayId'].replace(igw['InternetGatewayId'], 'IGW'), r['State'], r['Origin']) for r in main['Routes']], main['Associations'][0]['Main'])
            for a in ['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics']:
                print(a, [value['Value'] for name, value in ec2.describe_vpc_attribute(VpcId=v['VpcId'], Attribute=a).items() if name.startswith('Enable')])
            g = ec2.describe_security_groups(GroupNames=['default'])['SecurityGroups'][0]
            print(g['Description'], g['IpPermissions'][0]['UserIdGroupPairs'][0]['GroupId'] == g['GroupId'], g['IpPermissions'][0]['IpProtocol'], g['IpPermissionsEgress'][0]['IpRanges'])
            print(vpcs == client('ec2').describe_vpcs()['Vpcs'], vpcs == client('ec2', 'eu-central-1').describe_vpcs()['Vpcs'])
            print(len(client('ec2', 'eu-central-1').describe_subnets()['Subnets']))
            print(refused('create_default_vpc'))
            """
        );

        Assert.Equal(
            [
                "1 172.31.0.0/16 True available default 444455556666 ['172.31.0.0/16']",
                "[('us-east-1a', '172.31.0.0/20'), ('us-east-1b', '172.31.16.0/20'), ('us-east-1c', '172.31.32.0/20'), "
                    + "('us-east-1d', '172.31.48.0/20'), ('us-east-1e', '172.31.64.0/20'), ('us-east-1f', '172.31.80.0/20')]",
                "{(True, True, 4091, 'available')}",
                "[('172.31.0.0/16', 'local', 'active', 'CreateRouteTable'), ('0.0.0.0/0', 'IGW', 'active', 'CreateRoute')] True",
                "enableDnsSupport [True]",
                "enableDnsHostnames [True]",
                "enableNetworkAddressUsageMetrics [False]",
                "default VPC security group True -1 [{'CidrIp': '0.0.0.0/0'}]",
                "True False",
                "3",
                "400 DefaultVpcAlreadyExists: A Default VPC already exists for this account in this region.",
            ],
            lines
        );
    }

    [Fact]
    public async Task The_default_VPC_can_be_deleted_part_by_part_and_made_again()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2', 'eu-west-1')
            v = ec2.describe_vpcs()['Vpcs'][0]['VpcId']
            print(refused('delete_vpc', VpcId=v, of=ec2).replace(v, 'VPC'))
            for s in ec2.describe_subnets()['Subnets']: ec2.delete_subnet(SubnetId=s['SubnetId'])
            igw = ec2.describe_internet_gateways()['InternetGateways'][0]['InternetGatewayId']
            print(refused('delete_vpc', VpcId=v, of=ec2).replace(v, 'VPC'))
            print(refused('delete_internet_gateway', InternetGatewayId=igw, of=ec2).replace(igw, 'IGW'))
            ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v)
            ec2.delete_internet_gateway(InternetGatewayId=igw)
            ec2.delete_vpc(VpcId=v)
            print(ec2.describe_vpcs()['Vpcs'], ec2.describe_route_tables()['RouteTables'], ec2.describe_security_groups()['SecurityGroups'])
            print(refused('create_security_group', GroupName='x', Description='d', of=ec2))
            print(refused('create_default_subnet', AvailabilityZone='eu-west-1b', of=ec2))
            made = ec2.create_default_vpc()['Vpc']
            print(made['IsDefault'], made['State'], made['VpcId'] == v, len(ec2.describe_subnets()['Subnets']))
            b = ec2.describe_subnets(Filters=[{'Name': 'availability-zone', 'Values': ['eu-west-1b']}])['Subnets'][0]['SubnetId']
            print(refused('create_default_subnet', AvailabilityZone='eu-west-1b', of=ec2).replace(b, 'SUBNET'))
            ec2.delete_subnet(SubnetId=b)
            again = ec2.create_default_subnet(AvailabilityZone='eu-west-1b')['Subnet']
            print(again['CidrBlock'], again['DefaultForAz'], again['MapPublicIpOnLaunch'])
            """
        );

        Assert.Equal(
            [
                "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
                "400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
                "400 DependencyViolation: The internetGateway 'IGW' has dependencies and cannot be deleted.",
                "[] [] []",
                "400 VPCIdNotSpecified: No default VPC for this user",
                "400 DefaultVpcDoesNotExist: No default VPC found",
                "True pending False 3",
                "400 DefaultSubnetAlreadyExistsInAvailabilityZone: 'SUBNET' is already the default subnet in eu-west-1b.",
                "172.31.16.0/20 True True",
            ],
            lines
        );
    }
}
