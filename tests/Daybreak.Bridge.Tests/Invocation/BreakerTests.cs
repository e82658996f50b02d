using System.Text.Json;
using Daybreak.Bridge.Tests.Parts;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>Calls of an endpoint that does not answer, with the breaker switched on.</summary>
[Trait("Pace", "slow")]
public sealed class BreakerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));

    private static JsonElement EndpointOf(Parts.Bridge bridge) =>
        JsonDocument.Parse(bridge.Status.ToJson().ToArray()).RootElement.GetProperty("endpoints")[0];

    private static string Closed()
    {
        using var gone = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        gone.Start();
        return $"http://{gone.LocalEndpoint}";
    }

    [Fact]
    public async Task Endpoint_that_refuses_is_left_alone_for_a_while_and_the_error_says_how_long()
    {
        var url = Closed();
        await using var bridge = new Parts.Bridge(time: _time);
        var call = new Call
        {
            Endpoint = url,
            BreakerFailures = 2,
            BreakerPauseMs = 5_000,
        };
        (await bridge.InvokeAsync(call)).ShouldBeError("LM001");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await bridge.InvokeAsync(call)).ShouldBeError("LM001");

        var error = (await bridge.InvokeAsync(call)).ShouldBeError("LM013");
        Assert.Equal("the endpoint of AWS Lambda does not answer", error.Message);
        Assert.Equal(
            $"{url} has not answered since 2026-05-06 07:08:09 UTC: 2 calls in a row, the last one because of: connection refused.",
            error.Detail
        );
        Assert.Equal(
            "Nothing was sent. It is tried again at 2026-05-06 07:08:15 UTC (aws_lambda.breaker_failures, aws_lambda.breaker_pause_ms).",
            error.Hint
        );
        var breaker = EndpointOf(bridge).GetProperty("breaker");
        Assert.Equal(2, breaker.GetProperty("failures").GetInt32());
        Assert.Equal("connection refused", breaker.GetProperty("reason").GetString());

        // A call that has it switched off goes its way, and another endpoint is not concerned.
        (await bridge.InvokeAsync(call with { BreakerFailures = 0 })).ShouldBeError("LM001");
        await using var other = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        (await bridge.InvokeAsync(call with { Endpoint = other.Url })).ShouldBeResult();

        _time.Advance(TimeSpan.FromSeconds(5));
        (await bridge.InvokeAsync(call)).ShouldBeError("LM001");
        (await bridge.InvokeAsync(call)).ShouldBeError("LM013");
    }

    [Fact]
    public async Task One_call_probes_and_its_answer_lets_the_others_pass()
    {
        var (release, probing) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            if (peer.Number == 1)
            {
                await peer.ReadRequestAsync();
                await peer.NeverAsync();
            }
            while (await peer.ReadRequestAsync() is not null)
            {
                probing.TrySetResult();
                await release.Task;
                await peer.SendAsync(ScriptedEndpoint.Reply("1"));
            }
        });
        await using var bridge = new Parts.Bridge();
        var call = new Call
        {
            Endpoint = endpoint.Url,
            BreakerFailures = 1,
            BreakerPauseMs = 1,
        };
        (await bridge.InvokeAsync(call with { RequestTimeoutMs = 50 })).ShouldBeError("LM002");
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var probe = bridge.InvokeAsync(call);
        await probing.Task;
        Assert.Contains(
            "A call tries it at this moment",
            (await bridge.InvokeAsync(call)).ShouldBeError("LM013").Hint,
            StringComparison.Ordinal
        );
        Assert.Equal(2, endpoint.Executions);
        release.SetResult();
        (await probe).ShouldBeResult();
        (await bridge.InvokeAsync(call)).ShouldBeResult();
        Assert.False(EndpointOf(bridge).TryGetProperty("breaker", out _));
    }

    [Theory]
    [InlineData("429 Too Many Requests", "TooManyRequestsException", "LM004")]
    [InlineData("500 Internal Server Error", "ServiceException", "LM010")]
    [InlineData("403 Forbidden", "AccessDeniedException", "LM003")]
    public async Task Answers_of_lambda_are_answers(string status, string code, string sqlState)
    {
        await using var endpoint = ScriptedEndpoint.Answering(
            ScriptedEndpoint.Reply("{\"message\":\"no\"}", $"x-amzn-ErrorType: {code}\r\n", status)
        );
        await using var bridge = new Parts.Bridge();
        for (var i = 0; i < 5; i++)
            (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, BreakerFailures = 1 })).ShouldBeError(sqlState);
    }

    [Fact]
    public async Task Cancelled_calls_say_nothing_of_the_endpoint()
    {
        var waiting = new SemaphoreSlim(0);
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            waiting.Release();
            await peer.UntilClosedAsync();
        });
        await using var bridge = new Parts.Bridge();
        var call = new Call { Endpoint = endpoint.Url, BreakerFailures = 1 };
        for (var i = 0; i < 3; i++)
        {
            var client = await bridge.ConnectAsync();
            await client.SendAsync(call.ToFrame());
            await waiting.WaitAsync(TestContext.Current.CancellationToken);
            client.Dispose();
        }
        while (bridge.Status.ToJson().IndexOf("\"abandoned\":3"u8) < 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(EndpointOf(bridge).TryGetProperty("breaker", out _));
    }
}
