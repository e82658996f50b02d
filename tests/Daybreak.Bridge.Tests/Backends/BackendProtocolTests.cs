using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Backends;

[Trait("Pace", "slow")]
public sealed class BackendProtocolTests
{
    private static byte[] Golden(string name) =>
        File.ReadAllBytes(Path.Combine(Path.Combine(Checkout.Root, "tests", "golden", "frames"), name + ".bin"));

    private static async Task RefusedAsync(BackendClient client, string sqlState)
    {
        (await client.ReadAsync()).ShouldBeError(sqlState);
        Assert.True(await client.IsClosedAsync());
    }

    [Theory]
    [InlineData("hello", 6)]
    [InlineData("hello-newer", 6)]
    [InlineData("hello-older", 1)]
    public async Task Hello_is_answered_with_the_highest_version_that_both_speak(string name, int version)
    {
        await using var bridge = new Parts.Bridge();
        using var client = await BackendClient.OpenAsync(bridge.SocketPath);
        await client.SendAsync(Golden(name));
        var welcome = await client.ReadAsync();
        Assert.Equal(FrameType.Welcome, welcome.Type);
        Assert.Equal(version, BinaryPrimitives.ReadUInt16BigEndian(welcome.Body));
        Assert.Equal(Environment.ProcessId, BinaryPrimitives.ReadInt32BigEndian(welcome.Body.AsSpan(2)));
    }

    [Fact]
    public async Task Welcome_names_the_version_of_the_whole_product()
    {
        await using var bridge = new Parts.Bridge();
        using var client = await BackendClient.OpenAsync(bridge.SocketPath);
        await client.SendAsync(Golden("hello"));
        var welcome = await client.ReadAsync();
        var version = XDocument.Load(Path.Combine(Checkout.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal($"daybreak-bridge {version}", Encoding.UTF8.GetString(welcome.Body.AsSpan(6)));
    }

    [Fact]
    public async Task Connection_of_version_1_invokes_and_explains_nothing()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        using var client = await BackendClient.OpenAsync(bridge.SocketPath);
        await client.SendAsync(Golden("hello-older"));
        await client.ReadAsync();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        await client.SendAsync(Golden("explain-minimal"));
        await RefusedAsync(client, "LM900");
    }

    [Fact]
    public async Task Client_that_cannot_speak_version_1_is_told_so()
    {
        await using var bridge = new Parts.Bridge();
        using var client = await BackendClient.OpenAsync(bridge.SocketPath);
        await client.SendAsync([0, 0, 0, 3, (byte)'H', 0, 0]);
        await RefusedAsync(client, "LM901");
    }

    [Theory]
    [InlineData("hello-cut")]
    [InlineData("unknown-type")]
    [InlineData("length-zero")]
    [InlineData("length-over-limit")]
    [InlineData("status")]
    [InlineData("invoke-full")]
    [InlineData("welcome")]
    public async Task First_frame_that_is_no_hello_ends_the_connection(string name)
    {
        await using var bridge = new Parts.Bridge();
        using var client = await BackendClient.OpenAsync(bridge.SocketPath);
        await client.SendAsync(Golden(name));
        await RefusedAsync(client, "LM900");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("invoke-unknown-tag")]
    [InlineData("invoke-twice")]
    [InlineData("invoke-no-form")]
    [InlineData("invoke-bad-number")]
    [InlineData("invoke-overrun")]
    [InlineData("explain-payload")]
    [InlineData("explain-no-form")]
    [InlineData("explain-overrun")]
    [InlineData("unknown-type")]
    [InlineData("result-full")]
    [InlineData("length-zero")]
    [InlineData("length-over-limit")]
    public async Task Wrong_frame_after_the_hello_ends_the_connection_and_the_next_one_works(string name)
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        await client.SendAsync(Golden(name));
        await RefusedAsync(client, "LM900");
        Assert.Equal("1", (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult().Payload);
    }

    [Fact]
    public async Task Refusal_of_an_invoke_that_does_not_parse_names_its_request()
    {
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        await client.SendAsync(Golden("invoke-twice"));
        Assert.Equal(1u, (await client.ReadAsync()).ShouldBeError("LM900").RequestId);
    }

    [Fact]
    public async Task Frame_cut_at_every_byte_leaves_the_bridge_working()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var call = new Call { Endpoint = endpoint.Url };
        var whole = call.ToFrame();
        for (var cut = 0; cut < whole.Length; cut++)
        {
            using var client = await BackendClient.ConnectAsync(bridge.SocketPath);
            await client.SendAsync(whole[..cut]);
            client.FinishSending();
            Assert.True(await client.IsClosedAsync());
        }
        Assert.Equal(0, endpoint.Executions);
        (await bridge.InvokeAsync(call)).ShouldBeResult();
    }

    [Fact]
    public async Task Frame_that_arrives_byte_by_byte_is_served()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        foreach (var one in new Call { Endpoint = endpoint.Url }.ToFrame())
            await client.SendAsync([one]);
        (await client.ReadAsync()).ShouldBeResult();
    }

    [Fact]
    public async Task Two_frames_at_once_end_the_connection()
    {
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        await client.SendAsync([.. Golden("status"), .. Golden("status")]);
        await RefusedAsync(client, "LM900");
    }

    [Fact]
    public async Task Frame_while_a_request_is_outstanding_ends_the_connection_and_the_request()
    {
        var dropped = new TaskCompletionSource();
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.UntilClosedAsync();
            dropped.SetResult();
        });
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        await client.SendAsync(new Call { Endpoint = endpoint.Url }.ToFrame());
        await UntilAsync(() => endpoint.Executions == 1);
        await client.SendAsync(Golden("status"));
        await RefusedAsync(client, "LM900");
        await dropped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Garbage_of_any_kind_never_stops_the_bridge()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var random = new Random(20260102);
        for (var round = 0; round < 200; round++)
        {
            using var client =
                round % 2 == 0 ? await BackendClient.OpenAsync(bridge.SocketPath) : await BackendClient.ConnectAsync(bridge.SocketPath);
            var garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            if (round % 3 == 0)
                garbage[0] = 0;
            if (round % 3 == 0 && garbage.Length > 1)
                garbage[1] = 0;
            await client.SendAsync(garbage);
        }
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
    }

    [Fact]
    public async Task Nul_in_every_text_of_a_request_is_an_error_and_the_next_call_works()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        await client.SendAsync(Golden("invoke-nul"));
        (await client.ReadAsync()).ShouldBeError("LM006");
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        Assert.Equal(1, endpoint.Executions);
    }

    [Fact]
    public async Task Client_that_closes_drops_its_http_request()
    {
        var dropped = new TaskCompletionSource();
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.UntilClosedAsync();
            dropped.TrySetResult();
        });
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        await client.SendAsync(new Call { Endpoint = endpoint.Url }.ToFrame());
        await UntilAsync(() => endpoint.Executions == 1);
        client.Dispose();
        await dropped.Task.WaitAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => StatusOf(bridge).GetProperty("abandoned").GetInt32() == 1);
        Assert.Equal(0, StatusOf(bridge).GetProperty("in_flight").GetInt32());
        Assert.Equal(0, StatusOf(bridge).GetProperty("endpoints")[0].GetProperty("open").GetInt32());
    }

    [Fact]
    public async Task Five_hundred_backends_are_served_at_once()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("\"ok\""));
        await using var bridge = new Parts.Bridge();
        var clients = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => bridge.ConnectAsync()));
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(
                clients.Select((client, i) => client.InvokeAsync(new Call { RequestId = (uint)i, Endpoint = endpoint.Url }))
            );
            Assert.All(answers, answer => Assert.Equal("\"ok\"", answer.ShouldBeResult().Payload));
        }
        Assert.Equal(1500, endpoint.Executions);
        Assert.InRange(endpoint.Connections, 1, 16);
    }

    [Fact]
    public async Task Status_tells_counters_and_no_secret()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        (await client.InvokeAsync(new Call { FunctionName = "no such name" })).ShouldBeError("LM006");
        await client.SendAsync(Golden("status"));
        var text = System.Text.Encoding.UTF8.GetString((await client.ReadAsync()).Body);
        var status = JsonDocument.Parse(text).RootElement;
        Assert.Equal(2, status.GetProperty("calls").GetInt32());
        Assert.Equal(1, status.GetProperty("succeeded").GetInt32());
        Assert.Equal(1, status.GetProperty("failures").GetProperty("LM006").GetInt32());
        Assert.Equal(1, status.GetProperty("connections").GetInt32());
        Assert.Equal(endpoint.Url, status.GetProperty("endpoints")[0].GetProperty("endpoint").GetString());
        Assert.Equal("environment", status.GetProperty("credentials").GetProperty("source").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AKID", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_when_credentials_arrived_and_expire()
    {
        var begin = TimeProvider.System.GetUtcNow();
        var source = new ScriptedSource();
        source.Give(new(new AwsCredentials("AKID", "secret", null, begin + TimeSpan.FromHours(1)), null, "scripted"));
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge(source: source, variables: new Dictionary<string, string>());
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        var credentials = StatusOf(bridge).GetProperty("credentials");
        Assert.Equal("scripted", credentials.GetProperty("source").GetString());
        Assert.InRange(credentials.GetProperty("fetched").GetDateTimeOffset(), begin, TimeProvider.System.GetUtcNow());
        Assert.Equal(begin + TimeSpan.FromHours(1), credentials.GetProperty("expires").GetDateTimeOffset());
    }

    private static JsonElement StatusOf(Parts.Bridge bridge) => JsonDocument.Parse(bridge.Status.ToJson().ToArray()).RootElement;

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
