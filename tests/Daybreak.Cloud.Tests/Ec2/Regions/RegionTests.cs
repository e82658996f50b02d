namespace Daybreak.Cloud.Tests.Ec2.Regions;

[Trait("Pace", "slow")]
public sealed class RegionTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Zones_regions_and_attributes_of_the_account_are_described() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/regions/zones_regions_and_attributes_of_the_account_are_described.py");

    [Fact]
    public Task Options_of_DHCP_are_made_associated_and_deleted() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/regions/options_of_dhcp_are_made_associated_and_deleted.py");
}
