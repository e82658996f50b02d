namespace Daybreak.Cloud.Tests.Lambda.Vpcs;

/// <summary>What is left of a function's VPC where its processes can have no network of their own.</summary>
[Trait("Pace", "slow")]
public sealed class UnisolatedReachTests(UnisolatedFunctions cloud) : IClassFixture<UnisolatedFunctions>
{
    [Fact]
    public async Task Without_a_sandbox_only_requests_with_its_own_keys_have_the_way_of_the_VPC()
    {
        Assert.StartsWith("process group", cloud.Isolation, StringComparison.Ordinal);
        await Boto.RunAsync(
            cloud.Host.Endpoint,
            "lambda/vpcs/without_a_sandbox_only_requests_with_its_own_keys_have_the_way_of_the_vpc.py"
        );
    }
}
