namespace Daybreak.Cloud.Tests.Ec2.Networks;

/// <summary>The default network that AWS gives to every account.</summary>
[Trait("Pace", "slow")]
public sealed class DefaultVpcTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Every_account_and_region_begins_with_the_default_VPC() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/networks/every_account_and_region_begins_with_the_default_vpc.py");

    [Fact]
    public Task The_default_VPC_can_be_deleted_part_by_part_and_made_again() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/networks/the_default_vpc_can_be_deleted_part_by_part_and_made_again.py");
}
