namespace Daybreak.Cloud.Tests.Ec2.Vpcs;

[Trait("Pace", "slow")]
public sealed class Ipv6Tests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_VPC_gets_a_block_and_its_table_ACL_and_groups_what_follows() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/a_vpc_gets_a_block_and_its_table_acl_and_groups_what_follows.py");

    [Fact]
    public Task What_somebody_changed_is_not_changed_again_when_a_block_comes() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/what_somebody_changed_is_not_changed_again_when_a_block_comes.py");

    [Fact]
    public Task Egress_only_gateways_are_targets_of_IPv6_routes() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/egress_only_gateways_are_targets_of_ipv6_routes.py");

    [Fact]
    public Task Bad_IPv6_blocks_are_refused() => Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/bad_ipv6_blocks_are_refused.py");
}
