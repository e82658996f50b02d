namespace Daybreak.Cloud.Tests.Ec2;

/// <summary>
/// The calls that Terraform's AWS provider makes for the networking resources, in its order, and the members that it compares: what is
/// described must be what was asked for, and nothing may be left after destroy. Every answer on the way has only elements that EC2's model
/// has.
/// </summary>
[Trait("Pace", "slow")]
public sealed class TerraformSequenceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task What_Terraform_asks_for_is_what_is_described_and_gone_after_destroy() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/what_terraform_asks_for_is_what_is_described_and_gone_after_destroy.py");

    [Fact]
    public Task IPv6_peers_and_prefix_lists_are_described_as_asked_for_and_gone_after_destroy() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/ipv6_peers_and_prefix_lists_are_described_as_asked_for_and_gone_after_destroy.py");
}
