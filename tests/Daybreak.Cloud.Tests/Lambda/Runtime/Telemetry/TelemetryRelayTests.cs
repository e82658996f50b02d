using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Telemetry;

/// <summary>Batches, their limits, and listeners that are slow, refuse, or are not there yet.</summary>
[Trait("Pace", "slow")]
public sealed class TelemetryRelayTests : IDisposable
{
    private readonly TelemetryRelay _relay = Relays.New();
    private readonly int _port = FreePort();

    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Records_before_the_subscription_come_first_and_a_batch_is_sent_again_until_it_is_taken()
    {
        _relay.Publish(Line("early"));
        Assert.Equal("\"OK\"", BodyOf(Subscribe()));
        _relay.Publish(Line("late"));
        var flushed = _relay.FlushAsync(); // nobody listens yet
        using var listener = Listen();

        var refused = await listener.GetContextAsync().WaitAsync(Cancellation);
        Assert.Equal(["early", "late"], Records(refused));
        Answer(refused, 500);
        var taken = await listener.GetContextAsync().WaitAsync(Cancellation);
        Assert.Equal(["early", "late"], Records(taken));
        Assert.Equal(("POST", "/here", "application/json"), (taken.Request.HttpMethod, taken.Request.RawUrl, taken.Request.ContentType));
        Assert.False(flushed.IsCompleted);
        Answer(taken, 200);
        await flushed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task What_a_slow_listener_cannot_take_is_dropped_and_counted()
    {
        using var listener = Listen();
        Subscribe();
        _relay.Publish(Line("first"));
        _ = _relay.FlushAsync();
        var slow = await listener.GetContextAsync().WaitAsync(Cancellation);

        var big = Line(new string('x', 100_000));
        for (var count = 0; count < 8; count++) // twice 262,144 bytes have place for five
            _relay.Publish(big);
        Answer(slow, 200);
        var kept = await listener.GetContextAsync().WaitAsync(Cancellation);
        var batch = (JsonArray)JsonNode.Parse(kept.Request.InputStream)!;
        Answer(kept, 200);

        Assert.Equal(6, batch.Count);
        Assert.Equal("platform.logsDropped", (string?)batch[5]!["type"]);
        Assert.Equal(
            $$"""{"reason":"Consumer seems to have fallen behind as it has not acknowledged receipt of logs.","droppedRecords":3,"droppedBytes":{{3 * big.Json.Length}}}""",
            batch[5]!["record"]!.ToJsonString()
        );
    }

    [Fact]
    public void A_second_subscription_changes_nothing_and_one_by_the_other_API_is_refused()
    {
        Assert.Equal("\"OK\"", BodyOf(Subscribe()));
        Assert.Equal("\"Already subscribed\"", BodyOf(Subscribe()));
        Assert.Contains("Logs.ValidationError", BodyOf(Subscribe(isLogs: true)), StringComparison.Ordinal);
        _relay.Close();
        Assert.Contains("Telemetry API subscription is closed already", BodyOf(Subscribe()), StringComparison.Ordinal);
    }

    private static TelemetryRecord Line(string text) =>
        TelemetryRecord
            .OfLine(TelemetryTypes.Function, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(text), isStructured: false)
            .Single();

    private byte[] Subscribe(bool isLogs = false) =>
        _relay.Subscribe(
            "watcher",
            Encoding.UTF8.GetBytes(
                $$$"""{"schemaVersion":"{{{(isLogs ? "2020-08-15" : "2022-07-01")}}}","types":["platform","function"],"destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:{{{_port}}}/here"}}"""
            ),
            isLogs
        );

    private HttpListener Listen()
    {
        var listener = new HttpListener();
        listener.Prefixes.Add($"http://*:{_port}/");
        listener.Start();
        return listener;
    }

    private static string[] Records(HttpListenerContext context) =>
        [.. ((JsonArray)JsonNode.Parse(context.Request.InputStream)!).Select(static record => (string)record!["record"]!)];

    private static void Answer(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
    }

    private static string BodyOf(byte[] reply) => Encoding.UTF8.GetString(reply).Split("\r\n\r\n")[1];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
