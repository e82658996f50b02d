using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Invoking;

/// <summary>Responses that the caller gets while the function writes them, in real processes.</summary>
[Trait("Pace", "slow")]
public sealed class StreamedInvocationTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    // Writes, waits for the test if it is told a port, and ends as it is told.
    private const string Source = """
        const net = require('node:net');
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('one');
          if (event.port) await new Promise((resolve) => net.connect(event.port, '127.0.0.1').on('close', resolve).resume());
          if (event.fails) throw new TypeError('late');
          if (event.exits) process.exit(1);
          stream.write('two');
          stream.end();
        });
        """;

    [Fact]
    public async Task Each_part_arrives_when_it_is_written()
    {
        var name = await DeployAsync("nodejs20.x", "index.handler", "index.js", Source);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        using var response = await BeginAsync(name, $$"""{"port":{{port}}}""");
        Assert.Equal("application/vnd.amazon.eventstream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("$LATEST", response.Headers.GetValues("X-Amz-Executed-Version").Single());
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("PayloadChunk", "one"), await ReadAsync(body));
        (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal(("PayloadChunk", "two"), await ReadAsync(body));
        var (type, text) = (await ReadAsync(body))!.Value;
        Assert.Equal("InvokeComplete", type);
        var log = Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse(text)!["LogResult"]!));
        Assert.StartsWith("START RequestId: ", log, StringComparison.Ordinal);
        Assert.Null(await ReadAsync(body));
    }

    [Theory]
    [InlineData("nodejs20.x", """{"fails":1}""", "TypeError", "\"errorMessage\":\"late\"")]
    [InlineData("nodejs24.x", """{"fails":1}""", "TypeError", "\"errorMessage\":\"late\"")]
    [InlineData("nodejs20.x", """{"exits":1}""", "Runtime.ExitError", "Runtime exited with error: exit status 1")]
    public async Task An_error_after_the_beginning_is_told_at_the_end(string runtime, string payload, string code, string details)
    {
        var name = await DeployAsync(runtime, "index.handler", "index.js", Source);

        var events = await EventsAsync(name, payload);

        Assert.Equal(("PayloadChunk", "one"), events[0]);
        Assert.Equal("InvokeComplete", events[1].Type);
        var completion = JsonNode.Parse(events[1].Text)!;
        Assert.Equal(code, (string?)completion["ErrorCode"]);
        Assert.Contains(details, (string)completion["ErrorDetails"]!, StringComparison.Ordinal);
        // The environment can be used again, or another one takes its place.
        Assert.Equal("onetwo{}", WithoutLog(await EventsAsync(name, "{}")));
    }

    [Fact]
    public async Task An_ordinary_call_gets_a_streamed_response_in_one_piece_and_its_error_as_one()
    {
        var name = await DeployAsync("nodejs20.x", "index.handler", "index.js", Source);

        Assert.Equal("onetwo", (await cloud.InvokeAsync(name, "{}")).Text);
        var failed = await cloud.InvokeAsync(name, """{"fails":1}""");
        Assert.Equal(("Unhandled", "late"), (failed.Headers["X-Amz-Function-Error"], (string?)failed.Json["errorMessage"]));
    }

    [Fact]
    public async Task A_function_that_does_not_stream_responds_in_one_part()
    {
        var name = await DeployAsync("python3.12", "f.handler", "f.py", "def handler(event, context): return 1 / event");

        Assert.Equal("0.5{}", WithoutLog(await EventsAsync(name, "2")));
        var failure = Assert.Single(await EventsAsync(name, "0"));
        Assert.Equal("ZeroDivisionError", (string?)JsonNode.Parse(failure.Text)!["ErrorCode"]);
    }

    [Fact]
    public async Task Ten_megabytes_pass_though_the_reader_is_slower_and_a_reader_that_leaves_holds_nobody_up()
    {
        var name = await DeployAsync(
            "nodejs20.x",
            "index.handler",
            "index.js",
            """
            const { pipeline } = require('node:stream/promises');
            exports.handler = awslambda.streamifyResponse(async (event, stream) => {
              await pipeline((function* parts() { for (let i = 0; i < 160; i += 1) yield Buffer.alloc(65536, 97); })(), stream);
            });
            """
        );
        using (var left = await BeginAsync(name, "{}"))
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);

        using var response = await BeginAsync(name, "{}");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var bytes = 0;
        while (await ReadAsync(body) is { Type: "PayloadChunk", Text: var text })
            bytes += text.Length;
        Assert.Equal(160 * 65536, bytes);
    }

    [Fact]
    public async Task Boto3_reads_the_events()
    {
        var name = await DeployAsync("nodejs20.x", "index.handler", "index.js", Source);
        await Boto.RunAsync(cloud.Host.Endpoint, "lambda/invoking/read_the_events_of_a_stream.py", name);
    }

    // Parts that are written quickly may come together.
    private static string WithoutLog(List<(string Type, string Text)> events)
    {
        Assert.Equal("InvokeComplete", events[^1].Type);
        var completion = JsonNode.Parse(events[^1].Text)!.AsObject();
        completion.Remove("LogResult");
        return string.Concat(events.SkipLast(1).Select(static one => one.Text)) + completion.ToJsonString();
    }

    private Task<string> DeployAsync(string runtime, string handler, string file, string source) =>
        cloud.CreateAsync(change: request =>
        {
            request["Timeout"] = 30;
            request["Runtime"] = runtime;
            request["Handler"] = handler;
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip.Of(file, source)) };
        });

    private async Task<HttpResponseMessage> BeginAsync(string name, string payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2021-11-15/functions/{name}/response-streaming-invocations")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload)),
        };
        request.Headers.Add("X-Amz-Log-Type", "Tail");
        var response = await cloud.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private async Task<List<(string Type, string Text)>> EventsAsync(string name, string payload)
    {
        using var response = await BeginAsync(name, payload);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var events = new List<(string, string)>();
        while (await ReadAsync(body) is { } read)
            events.Add(read);
        return events;
    }

    /// <summary>The next event; null at the end.</summary>
    private static async Task<(string Type, string Text)?> ReadAsync(Stream body)
    {
        var prelude = new byte[12];
        if (await body.ReadAtLeastAsync(prelude, 12, throwOnEndOfStream: false, TestContext.Current.CancellationToken) == 0)
            return null;
        var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(prelude) - 12];
        await body.ReadExactlyAsync(rest, TestContext.Current.CancellationToken);
        var headers = BinaryPrimitives.ReadInt32BigEndian(prelude.AsSpan(4));
        var names = Encoding.ASCII.GetString(rest, 0, headers);
        return (
            names.Contains("InvokeComplete", StringComparison.Ordinal) ? "InvokeComplete" : "PayloadChunk",
            Encoding.UTF8.GetString(rest.AsSpan(headers..^4))
        );
    }
}
