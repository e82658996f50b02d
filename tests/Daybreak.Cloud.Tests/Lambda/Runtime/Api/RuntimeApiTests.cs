using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Runtime.Api;
using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Api;

public sealed class RuntimeApiTests : IDisposable
{
    private const string Next = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private readonly RuntimeExchange _exchange = new();
    private readonly RuntimeApiServer _server;

    public RuntimeApiTests() => _server = new RuntimeApiServer(_exchange, new ExtensionExchange(null!, [], Relays.New()));

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Event_carries_the_headers_of_the_invocation()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Next);
        Assert.Equal(InitStatus.Ready, (await _exchange.Initialized.WaitAsync(TestContext.Current.CancellationToken)).Status);
        Begin("id-1", """{"a":1}""", "{\"custom\":\n{}}", "Root=1-2-3;Parent=4;Sampled=1");

        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: "
                + "id-1\r\nLambda-Runtime-Deadline-Ms: 1000\r\n"
                + "Lambda-Runtime-Invoked-Function-Arn: arn\r\nLambda-Runtime-Trace-Id: Root=1-2-3;Parent=4;Sampled=1\r\n"
                + "Lambda-Runtime-Client-Context: {\"custom\": {}}\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            await client.ReadReplyAsync()
        );
    }

    [Fact]
    public async Task Response_is_accepted_and_ends_the_invocation_at_the_next_next()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        await client.SendAsync(Post("invocation/id-1/response", "[1]"));
        Assert.Equal(
            "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\"OK\"}",
            await client.ReadReplyAsync()
        );
        Assert.False(run.Ended.IsCompleted);
        await client.SendAsync(Next);

        Assert.Equal(RunEnd.Next, await run.Ended);
        Assert.Equal("[1]", Encoding.UTF8.GetString(run.Response!.Payload.Span));
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        await client.SendAsync(Post("invocation/id-1/error", "{}") + Next);
        await run.Ended;
        Begin("id-2", "2");

        Assert.StartsWith("HTTP/1.1 202", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n2", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.True(run.Response!.IsError);
    }

    [Fact]
    public async Task Chunked_body_is_put_together()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        await client.SendAsync(
            "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                + "chunked\r\n\r\n3;x=y\r\n\"ab\r\n2\r\nc\"\r\n0\r\nTrailer: t\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 202", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("\"abc\"", Encoding.UTF8.GetString(run.Response!.Payload.Span));
    }

    [Fact]
    public async Task Expectation_is_met_before_the_body_is_sent()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        await client.SendAsync(
            "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nExpect: "
                + "100-continue\r\n\r\n"
        );
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await client.ReadHeadAsync());
        await client.SendAsync("7");

        Assert.StartsWith("HTTP/1.1 202", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("7", Encoding.UTF8.GetString(run.Response!.Payload.Span));
    }

    [Fact]
    public async Task Response_to_another_invocation_is_refused()
    {
        using var client = await ConnectAsync();
        await RunAsync(client);

        await client.SendAsync(Post("invocation/other/response", "1"));

        Assert.EndsWith(
            "{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}",
            await client.ReadReplyAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Second_response_is_refused_with_the_states()
    {
        using var client = await ConnectAsync();
        await RunAsync(client);
        await client.SendAsync(Post("invocation/id-1/response", "1") + Post("invocation/id-1/response", "2"));

        await client.ReadReplyAsync();
        var refused = await client.ReadReplyAsync();

        Assert.StartsWith("HTTP/1.1 403", refused, StringComparison.Ordinal);
        Assert.Contains(
            "State transition from RuntimeResponseSentState to InvocationResponse failed for runtime. Error: State transition is "
                + "not allowed",
            refused,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_asks_again_gets_the_same_event()
    {
        using (var client = await ConnectAsync())
            await RunAsync(client);
        using var again = await ConnectAsync();

        await again.SendAsync(Next);

        Assert.Contains("Lambda-Runtime-Aws-Request-Id: id-1\r\n", await again.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_error_ends_init_and_next_is_refused_then()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Post("init/error", "{\"e\":1}", "Lambda-Runtime-Function-Error-Type: Runtime.X\r\n") + Next);

        var end = await _exchange.Initialized;
        await client.ReadReplyAsync();

        Assert.Equal((InitStatus.Error, "Runtime.X", "{\"e\":1}"), (end.Status, end.ErrorType, Encoding.UTF8.GetString(end.Payload.Span)));
        Assert.Contains("State transition from InitError to Ready failed", await client.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused_and_the_connection_stays_usable()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        await client.SendAsync(Post("invocation/id-1/response", new string('1', PayloadLimits.Response + 1)) + Next);

        var reply = await client.ReadReplyAsync();
        Assert.StartsWith("HTTP/1.1 413", reply, StringComparison.Ordinal);
        Assert.Contains("Exceeded maximum allowed payload size (6291556 bytes).", reply, StringComparison.Ordinal);
        await run.Ended;
        Assert.Contains("Function.ResponseSizeTooLarge", Encoding.UTF8.GetString(run.Response!.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_response_mode_is_refused()
    {
        using var client = await ConnectAsync();
        await RunAsync(client);

        await client.SendAsync(Post("invocation/id-1/response", "1", "Lambda-Runtime-Function-Response-Mode: other\r\n"));

        Assert.Contains("InvalidFunctionResponseMode", await client.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cause_of_an_error_is_not_part_of_the_payload()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        await client.SendAsync(
            Post(
                "invocation/id-1/error",
                """{"errorMessage":"m","errorType":"t","errorCause":{"x":1}}""",
                "Content-Type: application/vnd.aws.lambda.error.cause+json\r\n"
            )
        );
        await client.ReadReplyAsync();

        Assert.Equal("""{"errorMessage":"m","errorType":"t"}""", Encoding.UTF8.GetString(run.Response!.Payload.Span));
    }

    [Theory]
    [InlineData("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nContent-Length: 10\r\n\r\n123", "TruncatedHTTPRequest")]
    [InlineData(
        "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123",
        "TruncatedHTTPRequest"
    )]
    [InlineData("GET /2018-06-01/runt", "TruncatedHTTPRequest")]
    [InlineData("nonsense\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("GET /ping HTTP/9.9\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("POST /x HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "InvalidRequestFormat")]
    [InlineData("GET /ping HTTP/1.1\r\nBad Name: x\r\n\r\n", "InvalidRequestFormat")]
    [InlineData("GET /other HTTP/1.1\r\nConnection: close\r\n\r\n", "404 page not found")]
    [InlineData("GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n", "pong")]
    [InlineData("GET /ping HTTP/1.0\r\n\r\n", "pong")]
    public async Task Hostile_or_half_written_requests_are_answered_and_leave_the_invocation_alone(string request, string answer)
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);
        using var hostile = await ConnectAsync();

        await hostile.SendAsync(request);
        hostile.EndOfRequests();

        Assert.EndsWith(
            answer,
            (await hostile.ReadToEndAsync()).Replace("\"}", "", StringComparison.Ordinal).TrimEnd(),
            StringComparison.Ordinal
        );
        await client.SendAsync(Post("invocation/id-1/response", "1"));
        Assert.StartsWith("HTTP/1.1 202", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.NotNull(run.Response);
    }

    [Fact]
    public async Task Endless_head_is_refused()
    {
        using var client = await ConnectAsync();

        await client.SendAsync("GET /ping HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 10_000)));

        Assert.StartsWith("HTTP/1.1 431", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_ends_what_waits()
    {
        using var client = await ConnectAsync();
        var run = await RunAsync(client);

        _exchange.Exited();

        Assert.Equal(RunEnd.Exit, await run.Ended);
        Assert.False(_exchange.TryBegin(run));
        Assert.False(_exchange.TryExpire(run));
    }

    [Theory]
    [InlineData("Host: rebound.example:80\r\n")]
    [InlineData("Host: localhost\r\nOrigin: http://evil.example\r\n")]
    [InlineData("Host: localhost\r\nOrigin: null\r\n")]
    [InlineData("Host: localhost\r\nSec-Fetch-Site: cross-site\r\n")]
    public async Task Web_page_is_refused_and_gets_no_event(string headers)
    {
        using (var page = await ConnectAsync())
        {
            await page.SendAsync($"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n{headers}\r\n");
            Assert.Equal(
                "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 96\r\n\r\n"
                    + """{"errorMessage":"The Runtime API answers its runtime, not web pages","errorType":"AccessDenied"}""",
                await page.ReadReplyAsync()
            );
        }
        Assert.False(_exchange.IsReady);

        using var client = await ConnectAsync();
        await RunAsync(client);
    }

    [Fact]
    public async Task Response_that_streams_is_passed_on_as_it_arrives_and_its_trailers_are_the_error()
    {
        using var client = await ConnectAsync();
        var stream = new ResponseStream();
        var run = await RunAsync(client, stream);
        var got = new List<string>();
        var first = new TaskCompletionSource();
        var copied = stream.CopyToAsync(
            (bytes, _) =>
            {
                got.Add(Encoding.UTF8.GetString(bytes));
                first.TrySetResult();
                return ValueTask.CompletedTask;
            },
            run.Ended,
            TestContext.Current.CancellationToken
        );

        await client.SendAsync(
            "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"
        );
        Assert.Equal("a/b", await stream.Begun.WaitAsync(TestContext.Current.CancellationToken));
        await first.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["ab"], got);
        await client.SendAsync(
            "1\r\nc\r\n0\r\nlambda-runtime-function-error-type: My.Error\r\nLambda-Runtime-Function-Error-Body: e30=\r\n\r\n" + Next
        );
        await copied.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("abc", string.Concat(got));
        Assert.Equal(
            (true, "My.Error", "{}"),
            (run.Response!.IsError, run.Response.ErrorType, Encoding.UTF8.GetString(run.Response.Payload.Span))
        );
    }

    private static string Post(string call, string body, string headers = "") =>
        $"POST /2018-06-01/runtime/{call} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: "
        + $"{Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private async Task<Client> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(_server.Address), TestContext.Current.CancellationToken);
        return new Client(socket);
    }

    private async Task<RunningInvocation> RunAsync(Client client, ResponseStream? stream = null)
    {
        await client.SendAsync(Next);
        await _exchange.Initialized;
        var run = Begin("id-1", "{}", stream: stream);
        await client.ReadReplyAsync();
        return run;
    }

    private RunningInvocation Begin(
        string id,
        string payload,
        string? clientContext = null,
        string? traceId = null,
        ResponseStream? stream = null
    )
    {
        var run = new RunningInvocation(
            new Invocation(id, "arn", Encoding.UTF8.GetBytes(payload), clientContext, traceId, Stream: stream),
            DateTimeOffset.UnixEpoch.AddSeconds(1),
            0
        );
        Assert.True(_exchange.TryBegin(run));
        return run;
    }

    private sealed class Client(Socket socket) : IDisposable
    {
        private readonly NetworkStream _stream = new(socket, ownsSocket: true);

        public async Task SendAsync(string text) =>
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

        public void EndOfRequests() => socket.Shutdown(SocketShutdown.Send);

        public async Task<string> ReadToEndAsync() => await new StreamReader(_stream).ReadToEndAsync(TestContext.Current.CancellationToken);

        public async Task<string> ReadHeadAsync()
        {
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                await _stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
                head.Append((char)one[0]);
            }

            return head.ToString();
        }

        public async Task<string> ReadReplyAsync()
        {
            var head = await ReadHeadAsync();
            var start = head.IndexOf("Content-Length: ", StringComparison.Ordinal) + 16;
            var body = new byte[
                int.Parse(head.AsSpan(start, head.IndexOf('\r', start) - start), System.Globalization.CultureInfo.InvariantCulture)
            ];
            await _stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
            return head + Encoding.UTF8.GetString(body);
        }

        public void Dispose() => _stream.Dispose();
    }
}
