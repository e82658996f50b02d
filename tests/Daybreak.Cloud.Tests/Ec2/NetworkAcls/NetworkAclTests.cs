namespace Daybreak.Cloud.Tests.Ec2.NetworkAcls;

[Trait("Pace", "slow")]
public sealed class NetworkAclTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_subnet_has_one_ACL_the_default_one_until_it_is_replaced() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/network_acls/a_subnet_has_one_acl_the_default_one_until_it_is_replaced.py");

    [Fact]
    public Task Bad_entries_are_refused() => Boto.RunAsync(cloud.Endpoint, "ec2/network_acls/bad_entries_are_refused.py");
}
