namespace Daybreak.Cloud.Tests.S3;

/// <summary>What Lambda reads from buckets and writes into them.</summary>
[Trait("Pace", "slow")]
public sealed class LambdaTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("s3/code_and_layers_come_from_buckets.py")]
    [InlineData("s3/records_of_failures_go_to_buckets.py")]
    public async Task Program(string path)
    {
        await cloud.Host.ResetAsync();
        await Boto.RunAsync(cloud.Endpoint, path);
    }
}
