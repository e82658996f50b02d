namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>The functions of <c>examples/functions</c>, built, deployed and called as their users do it.</summary>
[Trait("Pace", "slow")]
public sealed class ExamplesTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    [Fact]
    public async Task Functions_in_three_languages_are_built_deployed_and_called()
    {
        var run = await AwsClient.RunAsync(Path.Combine(Checkout.Root, "examples", "functions", "run"), cloud.Host.Endpoint, "test");

        Assert.Equal(
            """
            node-bundle: {"total":357}
            python-packages: {"gross": 119, "rates": "1.0"}
            c-bootstrap: {"bytes":8}

            """,
            run.Ok()
        );
    }
}
