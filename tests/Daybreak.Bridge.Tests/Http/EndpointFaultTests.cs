using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>Faults of an endpoint, or of a server in its place; no call is ever executed twice.</summary>
[Trait("Pace", "slow")]
public sealed class EndpointFaultTests
{
    private const uint Soon = 300;

    private static async Task<Answer> CallAsync(ScriptedEndpoint endpoint, Call? call = null)
    {
        await using var bridge = new Parts.Bridge();
        return await bridge.InvokeAsync((call ?? new Call()) with { Endpoint = endpoint.Url });
    }

    [Fact]
    public async Task Endpoint_that_accepts_and_never_answers_ends_in_the_request_timeout_and_is_asked_once()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.NeverAsync();
        });
        var error = (await CallAsync(endpoint, new Call { RequestTimeoutMs = Soon })).ShouldBeError("LM002");
        Assert.Equal("invoke API failed", error.Message);
        Assert.Equal("AWS Lambda client got no answer within 300 ms.", error.Detail);
        Assert.Contains("aws_lambda.request_timeout_ms", error.Hint, StringComparison.Ordinal);
        Assert.Equal(1, endpoint.Executions);
    }

    [Fact]
    public async Task After_a_timeout_the_next_call_of_the_backend_works_on_another_connection()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            if (peer.Number == 1)
                await peer.UntilClosedAsync();
            else
                await peer.SendAsync(ScriptedEndpoint.Reply("2"));
        });
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url, RequestTimeoutMs = Soon })).ShouldBeError("LM002");
        Assert.Equal("2", (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult().Payload);
        Assert.Equal(2, endpoint.Executions);
    }

    [Fact]
    public async Task Reply_byte_by_byte_is_read()
    {
        var reply = ScriptedEndpoint.Reply("{\"slow\": [1,  2]}", "X-Amz-Log-Result: TE9H\r\n");
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            foreach (var one in System.Text.Encoding.UTF8.GetBytes(reply))
            {
                await peer.SendAsync([one]);
                await Task.Yield();
            }
        });
        var result = (await CallAsync(endpoint)).ShouldBeResult();
        Assert.Equal("{\"slow\": [1,  2]}", result.Payload);
        Assert.Equal("$LATEST", result.ExecutedVersion);
        Assert.Equal("TE9H", result.LogResult);
    }

    [Fact]
    public async Task Reply_that_trickles_beyond_the_limit_ends_in_the_request_timeout()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true)
            {
                await peer.SendAsync("1");
                await Task.Delay(20, peer.Stop);
            }
        });
        (await CallAsync(endpoint, new Call { RequestTimeoutMs = Soon })).ShouldBeError("LM002");
        Assert.Equal(1, endpoint.Executions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"")]
    public async Task Endpoint_that_closes_half_way_is_asked_once(string half)
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(half);
        });
        var error = (await CallAsync(endpoint)).ShouldBeError("LM010");
        Assert.Contains("closed the connection", error.Detail, StringComparison.Ordinal);
        Assert.Equal("The function may have run.", error.Hint);
        Assert.Equal(1, endpoint.Executions);
        Assert.Equal(1, endpoint.Connections);
    }

    [Fact]
    public async Task Endpoint_that_resets_is_asked_once()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            peer.Reset();
        });
        (await CallAsync(endpoint)).ShouldBeError("LM010");
        Assert.Equal(1, endpoint.Executions);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n1")]
    [InlineData("HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n1")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Reply_that_is_no_http_is_refused(string reply)
    {
        await using var endpoint = ScriptedEndpoint.Answering(reply);
        (await CallAsync(endpoint)).ShouldBeError("LM010");
        Assert.Equal(1, endpoint.Executions);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n4;ext=1\r\n 2,3\r\n1\r\n]\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 8\r\n\r\n[1, 2,3]")]
    [InlineData(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n[1, 2,3]"
    )]
    public async Task Every_framing_of_a_body_is_read(string reply)
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(reply);
        });
        Assert.Equal("[1, 2,3]", (await CallAsync(endpoint)).ShouldBeResult().Payload);
    }

    // Nobody can tell whether the answer is whole or cut.
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n[1, 2,3]", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[1, 2", 200)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n[1, 2,3]", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nX-Amz-Function-Error: Unhandled\r\n\r\n{}", 200)]
    [InlineData("HTTP/1.1 202 Accepted\r\n\r\n", 202)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: AccessDeniedException\r\n\r\n{\"Message\":\"no\"}", 403)]
    public async Task Reply_that_does_not_say_where_it_ends_is_refused(string reply, int status)
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(reply);
        });
        var error = (await CallAsync(endpoint)).ShouldBeError("LM010");
        Assert.Equal($"AWS Lambda client returned 'The reply (HTTP status {status}) does not say where it ends'.", error.Detail);
        Assert.Equal("The function may have run.", error.Hint);
        Assert.Equal(1, endpoint.Executions);
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(204, "Connection: close\r\n")]
    [InlineData(304, "")]
    public async Task Reply_that_has_no_body_needs_no_length(int status, string headers)
    {
        await using var endpoint = ScriptedEndpoint.Answering($"HTTP/1.1 {status} Of it\r\n{headers}\r\n");
        var answer = await CallAsync(endpoint, new Call { InvocationType = "DryRun" });
        if (status == 204)
            Assert.Equal(204u, answer.ShouldBeResult().StatusCode);
        else
            Assert.Contains("HTTP status 304", answer.ShouldBeError("LM010").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_of_the_greatest_size_is_passed_on_and_one_byte_more_is_an_error()
    {
        const int Most = 6_291_556;
        var text = '"' + new string('x', Most - 2) + '"';
        await using var fits = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply(text));
        await using var bridge = new Parts.Bridge();
        Assert.Equal(text, (await bridge.InvokeAsync(new Call { Endpoint = fits.Url })).ShouldBeResult().Payload);

        await using var declared = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply(text + " "));
        var error = (await bridge.InvokeAsync(new Call { Endpoint = declared.Url })).ShouldBeError("LM007");
        Assert.Contains("6291556", error.Detail, StringComparison.Ordinal);

        await using var undeclared = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{text.Length + 1:x}\r\n{text} \r\n0\r\n\r\n");
        });
        (await bridge.InvokeAsync(new Call { Endpoint = undeclared.Url })).ShouldBeError("LM007");

        await using var endlessHead = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            while (true)
                await peer.SendAsync(new string('h', 1000));
        });
        (await bridge.InvokeAsync(new Call { Endpoint = endlessHead.Url })).ShouldBeError("LM007");
    }

    [Fact]
    public async Task Payload_of_six_megabytes_goes_out_whole()
    {
        var payload = new byte[6_291_456];
        payload.AsSpan().Fill((byte)' ');
        payload[0] = (byte)'1';
        byte[]? received = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            received = (await peer.ReadRequestAsync())!.Body;
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        await using var bridge = new Parts.Bridge();
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, Payload = payload })).ShouldBeResult();
        Assert.Equal(payload, received);
        var error = (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, Payload = [.. payload, (byte)' '] })).ShouldBeError(
            "LM007"
        );
        Assert.Equal(
            "AWS Lambda client returned '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)'.",
            error.Detail
        );
        (
            await bridge.InvokeAsync(
                new Call
                {
                    Endpoint = endpoint.Url,
                    Payload = payload[..1_048_577],
                    InvocationType = "Event",
                }
            )
        ).ShouldBeError("LM007");
        Assert.Equal(1, endpoint.Executions);
    }

    [Fact]
    public async Task Connection_closed_between_requests_is_replaced_without_an_error()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        for (var call = 1; call <= 20; call++)
        {
            (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
            await endpoint.AllClosedAsync();
        }
        Assert.Equal(20, endpoint.Executions);
        Assert.Equal(20, endpoint.Connections);
    }

    [Fact]
    public async Task Connection_is_kept_and_used_again()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        for (var call = 1; call <= 20; call++)
            (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        Assert.Equal(1, endpoint.Connections);
    }

    [Fact]
    public async Task Connection_that_says_close_or_sends_too_much_is_not_used_again()
    {
        foreach (var headers in new[] { "Connection: close\r\n", "Connection: x, Close\r\n" })
        {
            await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1", headers));
            await using var bridge = new Parts.Bridge();
            for (var call = 1; call <= 3; call++)
                (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
            Assert.Equal(3, endpoint.Connections);
        }
        await using var chatty = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1") + ScriptedEndpoint.Reply("2"));
        await using var other = new Parts.Bridge();
        for (var call = 1; call <= 3; call++)
            Assert.Equal("1", (await other.InvokeAsync(new Call { Endpoint = chatty.Url })).ShouldBeResult().Payload);
        Assert.Equal(3, chatty.Connections);
    }

    [Fact]
    public async Task Callers_beyond_the_pool_wait_in_turn_and_then_are_told()
    {
        var release = new TaskCompletionSource();
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
            {
                await release.Task;
                await peer.SendAsync(ScriptedEndpoint.Reply("1"));
            }
        });
        await using var bridge = new Parts.Bridge(maxConnections: 1);
        var (first, second, third) = (await bridge.ConnectAsync(), await bridge.ConnectAsync(), await bridge.ConnectAsync());
        var call = new Call { Endpoint = endpoint.Url };
        var holding = first.InvokeAsync(call);
        while (endpoint.Executions == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var error = (await second.InvokeAsync(call with { ConnectTimeoutMs = 100, RequestTimeoutMs = 100 })).ShouldBeError("LM001");
        Assert.Contains("all 1 connections", error.Hint, StringComparison.Ordinal);
        var waiting = third.InvokeAsync(call);
        release.SetResult();
        (await holding).ShouldBeResult();
        (await waiting).ShouldBeResult();
        Assert.Equal(1, endpoint.Connections);
        Assert.Equal(2, endpoint.Executions);
    }

    [Fact]
    public async Task Refused_connection_is_exactly_the_documented_error()
    {
        string url;
        await using (var gone = ScriptedEndpoint.Answering(""))
            url = gone.Url;
        await using var bridge = new Parts.Bridge();
        var error = (await bridge.InvokeAsync(new Call { Endpoint = url })).ShouldBeError("LM001");
        Assert.Equal("invoke API failed", error.Message);
        Assert.Equal("AWS Lambda client returned 'Unable to connect to endpoint'.", error.Detail);
        Assert.Contains(url, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_does_not_resolve_is_the_same_error()
    {
        await using var bridge = new Parts.Bridge();
        var error = (await bridge.InvokeAsync(new Call { Endpoint = "http://no-such-host.invalid" })).ShouldBeError("LM001");
        Assert.Equal("AWS Lambda client returned 'Unable to connect to endpoint'.", error.Detail);
    }

    [Fact]
    public async Task Endpoint_whose_backlog_is_full_ends_in_the_connect_timeout()
    {
        // A listener that never accepts, its backlog filled: further connections get no answer, as behind a dropping firewall.
        using var listener = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Tcp
        );
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(0);
        var fill = Enumerable.Range(0, 4).Select(_ => new System.Net.Sockets.TcpClient()).ToArray();
        foreach (var client in fill)
            _ = client.ConnectAsync((System.Net.IPEndPoint)listener.LocalEndPoint!, TestContext.Current.CancellationToken).AsTask();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await using var bridge = new Parts.Bridge();
        var error = (
            await bridge.InvokeAsync(new Call { Endpoint = $"http://{listener.LocalEndPoint}", ConnectTimeoutMs = Soon })
        ).ShouldBeError("LM001");
        Assert.Equal("AWS Lambda client returned 'Unable to connect to endpoint'.", error.Detail);
        Assert.Contains("300 ms", error.Hint, StringComparison.Ordinal);
        foreach (var client in fill)
            client.Dispose();
    }
}
