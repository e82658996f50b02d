using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>The whole way with a real emulator: real clients here, moto behind.</summary>
[Trait("Pace", "slow")]
public sealed class MotoTests
{
    [Fact]
    public async Task Boto3_and_the_aws_CLI_reach_an_emulator_as_far_as_IAM_lets_them()
    {
        await using var moto = await MotoServer.StartAsync();
        await using var cloud = await CloudHost.StartAsync(
            new CloudOptions
            {
                Port = 0,
                Forwards = [new ForwardRule(ForwardRule.EveryService, moto.Url), new ForwardRule("s3", moto.Url)],
            },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(cloud.Endpoint, "forwarding/an_emulator_is_reached_as_far_as_iam_lets.py");
        var queues = await AwsClient.AwsAsync(cloud.Endpoint, "sqs", "list-queues", "--query", "QueueUrls", "--output", "text");
        Assert.Contains("/444455556666/orders", queues.Ok(), StringComparison.Ordinal);
        var listed = await AwsClient.AwsAsync(cloud.Endpoint, "s3", "ls", "s3://files/");
        Assert.Contains("large", listed.Ok(), StringComparison.Ordinal);
    }
}
