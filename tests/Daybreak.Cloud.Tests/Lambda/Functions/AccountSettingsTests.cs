using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Functions;

[Trait("Pace", "slow")]
public sealed class AccountSettingsTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Every_aws_cli_here_reads_the_account_settings()
    {
        Assert.NotEmpty(AwsClient.AwsClis);
        foreach (var aws in AwsClient.AwsClis)
        {
            // The old CLI does not know AWS_ENDPOINT_URL.
            var result = await AwsClient.RunAsync(
                aws,
                cloud.Endpoint,
                "test",
                "--endpoint-url",
                cloud.Endpoint.ToString(),
                "lambda",
                "get-account-settings",
                "--output",
                "json"
            );
            using var settings = JsonDocument.Parse(result.Ok());
            Assert.Equal(1000, settings.RootElement.GetProperty("AccountLimit").GetProperty("ConcurrentExecutions").GetInt32());
        }
    }
}
