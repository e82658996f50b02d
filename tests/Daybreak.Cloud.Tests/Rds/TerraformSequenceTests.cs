namespace Daybreak.Cloud.Tests.Rds;

/// <summary>
/// The calls that Terraform's AWS provider makes for an Aurora cluster and what belongs to it, in its order, and the members that it
/// compares: what is described must be what was asked for, after create and after change, and nothing may be left after destroy.
/// </summary>
[Trait("Pace", "slow")]
public sealed class TerraformSequenceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task What_is_asked_for_is_what_is_described_until_all_is_destroyed() =>
        Boto.RunAsync(cloud.Endpoint, "rds/what_is_asked_for_is_what_is_described_until_all_is_destroyed.py");
}
