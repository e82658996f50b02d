namespace Daybreak.Cloud.Tests.Lambda.Vpcs;

/// <summary>Real functions in a VPC, which connect to a real database and to the APIs.</summary>
[Trait("Pace", "slow")]
public sealed class ReachTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    [Fact]
    public async Task A_function_reaches_databases_and_APIs_as_its_VPC_lets_it()
    {
        Assert.SkipUnless(
            cloud.Isolation.StartsWith("bubblewrap", StringComparison.Ordinal) && Environment.IsPrivilegedProcess,
            "Only root gives processes a network of their own."
        );
        await Boto.RunAsync(cloud.Host.Endpoint, "lambda/vpcs/a_function_reaches_databases_and_apis_as_its_vpc_lets_it.py");
    }

    [Fact]
    public async Task A_gateway_endpoint_leads_to_S3_alone()
    {
        Assert.SkipUnless(
            cloud.Isolation.StartsWith("bubblewrap", StringComparison.Ordinal) && Environment.IsPrivilegedProcess,
            "Only root gives processes a network of their own."
        );
        await Boto.RunAsync(cloud.Host.Endpoint, "lambda/vpcs/a_gateway_endpoint_leads_to_s3_alone.py");
    }
}
