namespace Daybreak.Cloud.Tests.Logs;

/// <summary>CloudWatch Logs by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class LogsTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("logs/groups_streams_and_tags_are_described_as_asked_for.py")]
    [InlineData("logs/events_are_put_got_and_found.py")]
    [InlineData("logs/policies_name_groups_and_streams.py")]
    [InlineData("logs/functions_write_what_they_print.py")]
    [InlineData("logs/a_live_tail_shows_what_arrives.py")]
    [InlineData("logs/ten_thousand_streams_are_listed_and_searched.py")]
    public Task Boto3_works(string program) => Boto.RunAsync(cloud.Endpoint, program);

    public static TheoryData<string> Clis => [.. AwsClient.AwsClis];

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Every_aws_CLI_writes_and_finds_events(string cli)
    {
        var group = $"cli-{Guid.NewGuid():N}";
        await RunAsync(cli, "create-log-group", "--log-group-name", group);
        await RunAsync(cli, "create-log-stream", "--log-group-name", group, "--log-stream-name", "2026/12/02/[$LATEST]0");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string[] stream = ["--log-group-name", group, "--log-stream-name", "2026/12/02/[$LATEST]0"];
        await RunAsync(
            cli,
            ["put-log-events", .. stream, "--log-events", $"timestamp={now},message=ERROR-7", $"timestamp={now},message=fine"]
        );
        var found = await RunAsync(
            cli,
            "filter-log-events",
            "--log-group-name",
            group,
            "--filter-pattern",
            "ERROR",
            "--query",
            "events[].message"
        );
        Assert.Equal("ERROR-7", found.Trim());
        if ((await AwsClient.RunAsync(cli, cloud.Endpoint, "test", "--version")).Ok().StartsWith("aws-cli/2", StringComparison.Ordinal))
            Assert.Contains(" 2026/12/02/[$LATEST]0 fine\n", await RunAsync(cli, "tail", group), StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string cli, params string[] arguments) =>
        (
            await AwsClient.RunAsync(
                cli,
                cloud.Endpoint,
                "test",
                ["--endpoint-url", cloud.Endpoint.GetLeftPart(UriPartial.Authority), "--output", "text", "logs", .. arguments]
            )
        ).Ok();
}
