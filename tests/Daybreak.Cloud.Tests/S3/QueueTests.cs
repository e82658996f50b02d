using System.Text.Json.Nodes;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Tests.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Tests.S3;

/// <summary>Events of buckets for queues, which are at an endpoint that requests go on to.</summary>
[Trait("Pace", "slow")]
public sealed class QueueTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    // A cloud that runs as root refuses a state directory that database servers could not enter.
    public QueueTests() => File.SetUnixFileMode(_state, File.GetUnixFileMode(_state) | UnixFileMode.OtherExecute);

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task An_event_that_the_queue_does_not_take_is_handed_over_by_the_next_process()
    {
        await using var peer = await ScriptedPeer.StartAsync();
        var options = new CloudOptions
        {
            Port = 0,
            StateDirectory = _state,
            Forwards = [new ForwardRule("sqs", peer.Url)],
        };
        var asked = 0;
        var failed = new TaskCompletionSource();
        string? test = null;
        peer.Answer = async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (Interlocked.Increment(ref asked) == 1)
            {
                test = body;
                await http.Response.WriteAsync("{}");
                return;
            }
            http.Response.StatusCode = 503;
            failed.TrySetResult();
        };
        await using (var host = await CloudHost.StartAsync(options))
        {
            await Boto.RunAsync(host.Endpoint, "s3/a_queue_is_told.py");
            await failed.Task;
        }
        Assert.Equal(("s3:TestEvent", "inbox"), ((string?)MessageOf(test!)["Event"], (string?)MessageOf(test!)["Bucket"]));

        peer.Answer = null;
        peer.Requests.Clear();
        await using (await CloudHost.StartAsync(options))
        {
            ScriptedPeer.Asked? message;
            while (!peer.Requests.TryDequeue(out message))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            var record = MessageOf(message.Body)["Records"]![0]!;
            Assert.Equal(("ObjectCreated:Put", "k"), ((string?)record["eventName"], (string?)record["s3"]!["object"]!["key"]));
        }
    }

    private static JsonNode MessageOf(string body) => JsonNode.Parse((string)JsonNode.Parse(body)!["MessageBody"]!)!;
}
