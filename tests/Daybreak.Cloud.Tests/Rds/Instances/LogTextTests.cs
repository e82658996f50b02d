using System.Text.Json;

namespace Daybreak.Cloud.Tests.Rds.Instances;

/// <summary>An ordinary user of a database writes whatever there is into its log; every client reads it all the same.</summary>
[Trait("Pace", "slow")]
public sealed class LogTextTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private static readonly string[] ExpectedLines =
    [
        "joe@postgres said a\uFFFDb\uFFFD[31m \uFFFD \uFFFD\uFFFD \u0085 \u00E9",
        "joe@d\uFFFD\uFFFDe said it",
        "joe@raw said \uFFFD\uFFFD \uFFFD(",
    ];

    [Fact]
    public async Task Control_characters_and_bytes_that_are_no_UTF_8_are_read_as_replacement_characters()
    {
        var lines = await Boto.LinesAsync(cloud.Endpoint, "rds/instances/write_odd_texts_into_a_log.py");
        Assert.Equal(ExpectedLines, lines.Select(line => Said(JsonSerializer.Deserialize<string>(line)!)));

        foreach (var cli in AwsClient.AwsClis)
        {
            var read = await AwsClient.RunAsync(
                cli,
                cloud.Endpoint,
                "test",
                "--endpoint-url",
                cloud.Endpoint.GetLeftPart(UriPartial.Authority),
                "--output",
                "json",
                "rds",
                "download-db-log-file-portion",
                "--db-instance-identifier",
                "odd-1",
                "--log-file-name",
                "error/postgresql.log"
            );
            using var answer = JsonDocument.Parse(read.Ok());
            var data = answer.RootElement.GetProperty("LogFileData").GetString()!;
            Assert.Equal(ExpectedLines, data.Split('\n').Where(line => line.Contains("LOG:  said", StringComparison.Ordinal)).Select(Said));
        }
        await Boto.RunAsync(cloud.Endpoint, "rds/instances/delete_the_odd_cluster.py");
    }

    /// <summary>Of <c>time:host(port):joe@db:[pid]:LOG:  said</c>, who said what.</summary>
    private static string Said(string line)
    {
        var user = line[line.IndexOf("joe@", StringComparison.Ordinal)..];
        return $"{user[..user.IndexOf(":[", StringComparison.Ordinal)]} {user[user.IndexOf("said", StringComparison.Ordinal)..]}";
    }
}
