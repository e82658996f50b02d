namespace Daybreak.Cloud.Tests.Ec2.Regions;

[Trait("Pace", "slow")]
public sealed class RegionTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Zones_regions_and_attributes_of_the_account_are_described()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            zones = ec2.describe_availability_zones()['AvailabilityZones']
            print([(z['ZoneName'], z['ZoneId']) for z in zones][:3], len(zones))
            print([z['ZoneId'] for r in ('eu-central-1', 'ap-southeast-2', 'us-gov-west-1') for z in client('ec2', r).describe_availability_zones()['AvailabilityZones'][:1]])
            print([z['ZoneName'] for z in ec2.describe_availability_zones(ZoneIds=['use1-az4'])['AvailabilityZones']], refused('describe_availability_zones', ZoneNames=['us-east-1z']))
            r = ec2.describe_regions()['Regions']
            print(len(r), {x['OptInStatus'] for x in r}, plain(ec2.describe_regions(RegionNames=['eu-west-1'])['Regions']), len(ec2.describe_regions(AllRegions=True)['Regions']) > len(r), refused('describe_regions', RegionNames=['mars-1']))
            attributes = {a['AttributeName']: [v['AttributeValue'] for v in a['AttributeValues']] for a in ec2.describe_account_attributes()['AccountAttributes']}
            print(attributes['supported-platforms'], attributes['default-vpc'] == [ec2.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']], list(attributes) != [], refused('describe_account_attributes', AttributeNames=['x']))
            """
        );

        Assert.Equal(
            [
                "[('us-east-1a', 'use1-az6'), ('us-east-1b', 'use1-az1'), ('us-east-1c', 'use1-az2')] 6",
                "['euc1-az1', 'apse2-az1', 'usgw1-az1']",
                "['us-east-1d'] 400 InvalidParameterValue: Invalid availability zone: [us-east-1z]",
                "17 {'opt-in-not-required'} [{'Endpoint': 'ec2.eu-west-1.amazonaws.com', 'OptInStatus': 'opt-in-not-required', "
                    + "'RegionName': 'eu-west-1'}] True "
                    + "400 InvalidParameterValue: Invalid region name 'mars-1'",
                "['VPC'] True True 400 InvalidParameterValue: Value (x) for parameter attributeName is invalid.",
            ],
            lines
        );
    }

    [Fact]
    public async Task Options_of_DHCP_are_made_associated_and_deleted()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc()
            first = ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['DhcpOptionsId']
            print(ec2.describe_dhcp_options(DhcpOptionsIds=[first])['DhcpOptions'][0]['DhcpConfigurations'])
            d = ec2.create_dhcp_options(DhcpConfigurations=[{'Key': 'domain-name-servers', 'Values': ['10.0.0.2', '8.8.8.8']}, {'Key': 'domain-name', 'Values': ['x.test']}])['DhcpOptions']['DhcpOptionsId']
            ec2.associate_dhcp_options(DhcpOptionsId=d, VpcId=v)
            print([x['VpcId'] == v for x in ec2.describe_vpcs(Filters=[{'Name': 'dhcp-options-id', 'Values': [d]}])['Vpcs']], refused('delete_dhcp_options', DhcpOptionsId=d).replace(d, 'D'))
            ec2.associate_dhcp_options(DhcpOptionsId='default', VpcId=v)
            print(ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['DhcpOptionsId'])
            ec2.delete_dhcp_options(DhcpOptionsId=d)
            print(refused('associate_dhcp_options', DhcpOptionsId=d, VpcId=v).replace(d, 'D'), refused('create_dhcp_options', DhcpConfigurations=[{'Key': 'x', 'Values': ['y']}]), refused('create_dhcp_options', DhcpConfigurations=[{'Key': 'domain-name', 'Values': []}]))
            """
        );

        Assert.Equal(
            [
                "[{'Key': 'domain-name', 'Values': [{'Value': 'ec2.internal'}]}, {'Key': 'domain-name-servers', 'Values': "
                    + "[{'Value': 'AmazonProvidedDNS'}]}]",
                "[True] 400 DependencyViolation: The dhcpOptions 'D' has dependencies and cannot be deleted.",
                "default",
                "400 InvalidDhcpOptionID.NotFound: The dhcpOption ID 'D' does not exist 400 InvalidParameterValue: Value (x) for "
                    + "parameter name is invalid. Unknown DHCP option "
                    + "400 MissingParameter: The request must contain the parameter value",
            ],
            lines
        );
    }
}
