using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.FrontDoor;

/// <summary>Bytes that no SDK would send. After each of them the cloud must still answer.</summary>
[Trait("Pace", "slow")]
public sealed class HostileRequestTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Authorization =
        "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00\r\n";

    public static TheoryData<string, string> Requests =>
        new()
        {
            { "no http", "\x16\x03\x01\x02\x00\x01\r\n\r\n" },
            { "no version", "GET /\r\n\r\n" },
            {
                "two lengths",
                $"POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\n{Authorization}Content-Length: 2\r\nContent-Length: "
                    + "3\r\n\r\n{}"
            },
            {
                "a length and chunks",
                $"POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\n{Authorization}Content-Length: 2\r\nTransfer-Encoding: "
                    + "chunked\r\n\r\n0\r\n\r\n"
            },
            { "a negative length", $"POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\n{Authorization}Content-Length: -2\r\n\r\n" },
            {
                "a bad chunk",
                $"POST /2015-03-31/functions HTTP/1.1\r\nHost: localhost\r\n{Authorization}Transfer-Encoding: chunked\r\n\r\nzz\r\n"
            },
            { "a header of 70 kB", $"GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('x', 70_000)}\r\n\r\n" },
            { "a path of 20 kB", $"GET /{new string('x', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n" },
            { "a NUL in the path", Get("/2015-03-31/functions/%00") },
            { "a bad escape", Get("/2015-03-31/functions/%zz%1") },
            { "bad UTF-8 in the path", Get("/2015-03-31/functions/%ff%fe") },
            { "dots in the path", Get("/2015-03-31/functions/../../../etc/passwd") },
            { "encoded dots in the path", Get("/2015-03-31/functions/%2e%2e%2f%2e%2e") },
            { "an absolute target", $"GET http://other/2015-03-31/functions/nope HTTP/1.1\r\nHost: localhost\r\n{Authorization}\r\n" },
            { "an asterisk", $"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n{Authorization}\r\n" },
            { "no host", $"GET /2015-03-31/functions HTTP/1.1\r\n{Authorization}\r\n" },
            { "a credential of nothing", "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=////\r\n\r\n" },
            { "an authorization of nothing", "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: \r\n\r\n" },
            { "a body that is no JSON", Post("{\"a") },
            { "a body that is no object", Post("[]") },
            { "half a surrogate", Post("""{"FunctionName":"\ud800"}""") },
            { "depth", Post(new string('[', 10_000)) },
            { "a member twice", Post("""{"FunctionName":"a","FunctionName":1}""") },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_broken_request_is_refused_and_the_next_one_answered(string what, string bytes)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(Encoding.Latin1.GetBytes(bytes), cancellation);
            var answer = new byte[8192];
            var length = await client.ReceiveAsync(answer, cancellation);
            var text = Encoding.UTF8.GetString(answer, 0, length);
            Assert.True(text.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{what}: {text}");
        }
        Assert.Equal(HttpStatusCode.OK, (await cloud.SendAsync(HttpMethod.Get, LambdaCloud.Functions)).Status);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"FunctionName\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n10\r\n{\"FunctionName\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")]
    public async Task A_body_cut_half_way_runs_nothing(string rest)
    {
        var name = await cloud.CreateAsync();
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(
                Encoding.ASCII.GetBytes(Request("POST", $"{LambdaCloud.Functions}/{name}/invocations", "{}", rest)),
                TestContext.Current.CancellationToken
            );
        }
        Assert.Equal(HttpStatusCode.OK, (await cloud.SendAsync(HttpMethod.Get, LambdaCloud.Functions)).Status);
        Assert.DoesNotContain(cloud.Runtime.Calls, call => call.Function.FunctionName == name);
    }

    [Theory]
    [InlineData("Content-Length: 100000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task A_client_that_stops_in_the_middle_of_its_body_is_let_go(string rest)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(
            Encoding.ASCII.GetBytes(Request("POST", LambdaCloud.Functions, "", rest)),
            TestContext.Current.CancellationToken
        );
        // Ends when the cloud closes.
        Assert.StartsWith("HTTP/1.1 408 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("-5")]
    [InlineData("ffffffffffffffff")] // more than a number holds
    public async Task A_chunk_of_no_size_is_the_clients_fault(string size)
    {
        using var client = await ConnectAsync();
        var request = Request("POST", LambdaCloud.Functions, "", $"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n");
        await client.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 400 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_stops_in_the_middle_of_its_head_is_let_go()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("GET /2015-03-31/functions HTTP/1.1\r\nHost: loc"u8.ToArray(), TestContext.Current.CancellationToken);
        // Ends when the cloud closes, which is after 30 seconds.
        Assert.StartsWith("HTTP/1.1 408 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/2015-03-31/functions", "", "HTTP/1.1 403 ")]
    [InlineData(
        "/2015-03-31/functions",
        "Content-Type: application/x-amz-json-1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test\r\n",
        "HTTP/1.1 403 "
    )]
    [InlineData("/", "Host: iam.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n", "HTTP/1.1 403 ")]
    [InlineData("/2015-03-31/functions", null, "HTTP/1.1 100 Continue")]
    public async Task A_body_is_asked_for_only_from_who_has_a_key_and_a_whole_signature(string target, string? headers, string answer)
    {
        // No byte of the body is sent: a server that waited for it would not respond.
        var head =
            headers is null ? SigningHandler.HeaderLines("POST", target, "localhost", [])
            : headers.StartsWith("Host:", StringComparison.Ordinal) ? headers
            : $"Host: localhost\r\n{headers}";
        using var client = await ConnectAsync();
        var request = $"POST {target} HTTP/1.1\r\n{head}Expect: 100-continue\r\nContent-Length: 69000000\r\n\r\n";
        await client.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        var bytes = new byte[answer.Length];
        await new NetworkStream(client).ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(answer, Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void A_body_takes_the_memory_of_what_has_arrived()
    {
        var body = new ArrivingBody(69_000_000);
        Assert.Equal(64 * 1024, body.Rest.Length);
        body.Advance(64 * 1024);
        Assert.Equal(64 * 1024, body.Rest.Length);

        var sent = Enumerable.Range(0, 1_000_000).Select(i => (byte)(i % 251)).ToArray();
        body = new ArrivingBody(sent.Length);
        for (var arrived = 0; !body.IsWhole; )
        {
            var piece = sent.AsSpan(arrived, Math.Min(70_001, Math.Min(body.Rest.Length, sent.Length - arrived)));
            piece.CopyTo(body.Rest.Span);
            body.Advance(piece.Length);
            arrived += piece.Length;
        }
        Assert.Equal(sent, body.Bytes);
        Assert.True(new ArrivingBody(0).IsWhole);
    }

    [Fact]
    public async Task A_chunked_body_is_read_whole()
    {
        var name = await cloud.CreateAsync();
        using var client = await ConnectAsync();
        await client.SendAsync(
            Encoding.ASCII.GetBytes(
                Request(
                    "POST",
                    $"{LambdaCloud.Functions}/{name}/invocations",
                    "[1,2]",
                    "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"
                )
            ),
            TestContext.Current.CancellationToken
        );
        Assert.EndsWith("\r\n\r\n[1,2]", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_over_6_MB_is_refused_with_its_length()
    {
        var name = await cloud.CreateAsync();
        var answer = await cloud.InvokeAsync(name, $"\"{new string('x', 6_291_455)}\"");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLargeException"), (answer.Status, answer.Error));
        Assert.Equal(
            """{"Message":"6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)"}""",
            answer.Text
        );
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(name, $"\"{new string('x', 6_291_454)}\"")).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_invocation()
    {
        var name = await cloud.CreateAsync();
        var cancelled = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var run = cloud.Runtime.Run;
        cloud.Runtime.Run = async (function, invocation, cancellation) =>
        {
            if (function.FunctionName != name)
                return await run(function, invocation, cancellation);
            await using var registration = cancellation.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return ScriptedRuntime.Result(default);
        };
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(
                Encoding.ASCII.GetBytes(
                    Request("POST", $"{LambdaCloud.Functions}/{name}/invocations", "{}", "Content-Length: 2\r\n\r\n{}")
                ),
                TestContext.Current.CancellationToken
            );
            await started.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        cloud.Runtime.Run = run;
    }

    [Fact]
    public async Task An_unsigned_request_is_refused_in_the_form_of_its_service()
    {
        using var client = new HttpClient { BaseAddress = cloud.Host.Endpoint };
        using var answer = await client.GetAsync(LambdaCloud.Functions, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("MissingAuthenticationTokenException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal(
            """{"message":"Missing Authentication Token"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Assert.True(Guid.TryParse(answer.Headers.GetValues("x-amzn-RequestId").Single(), out _));
    }

    [Fact]
    public async Task A_service_that_is_not_served_is_refused_by_name()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Get,
            "/",
            null,
            ("Authorization", LambdaCloud.Signed(service: "apigateway").ToString())
        );
        Assert.Equal(
            (
                HttpStatusCode.NotImplemented,
                "NotImplemented",
                "Daybreak does not implement the service 'apigateway'. --forward apigateway=URL passes its requests on."
            ),
            (answer.Status, answer.Error, answer.Message)
        );
    }

    [Fact]
    public async Task An_operation_that_does_not_exist_is_no_operation()
    {
        var answer = await cloud.SendAsync(HttpMethod.Patch, LambdaCloud.Functions);
        Assert.Equal((HttpStatusCode.NotFound, "UnknownOperationException"), (answer.Status, answer.Error));
    }

    private static string Post(string body) =>
        Request("POST", LambdaCloud.Functions, body, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private static string Get(string path) => Request("GET", path, "", "\r\n");

    /// <param name="body">The body that is signed.</param>
    /// <param name="rest">Further headers and the body as it is sent.</param>
    private static string Request(string method, string target, string body, string rest) =>
        $"{method} {target} HTTP/1.1\r\n{SigningHandler.HeaderLines(method, target, "localhost", Encoding.UTF8.GetBytes(body))}{rest}";

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, cloud.Host.Endpoint.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
