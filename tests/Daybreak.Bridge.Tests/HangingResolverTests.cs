using System.Net;
using System.Net.Sockets;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

/// <summary>The real program on a machine whose name server never answers: the system's resolver blocks for half a minute then.</summary>
[Trait("Pace", "slow")]
public sealed class HangingResolverTests : IDisposable
{
    private const string Address = "127.0.0.77";

    private readonly TemporaryDirectory _directory = new();
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public void Dispose()
    {
        _silent.Dispose();
        _directory.Dispose();
    }

    private static int Threads(BridgeProcess bridge) => Directory.GetDirectories($"/proc/{bridge.Id}/task").Length;

    private BridgeProcess Start()
    {
        // The port of name servers is the administrator's.
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may listen on port 53");
        _silent.Bind(new IPEndPoint(IPAddress.Parse(Address), 53));
        var file = _directory.Write("resolv.conf", $"nameserver {Address}\noptions timeout:30 attempts:1\n");
        return new(
            _directory.Path,
            BridgeProcess.Keys,
            "unshare",
            "--mount",
            "sh",
            "-c",
            $"mount --bind {file} /etc/resolv.conf && exec \"$@\"",
            "sh"
        );
    }

    [Fact]
    public async Task Calls_end_by_their_time_outs_and_by_cancel_and_others_go_on_with_few_threads()
    {
        await using var bridge = Start();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        var good = new Call { Endpoint = endpoint.Url };
        (await bridge.InvokeAsync(good)).ShouldBeResult();

        // A hundred calls to one name, and a few to others.
        var bad = new Call { Endpoint = "https://lambda.example.test", ConnectTimeoutMs = 300 };
        var before = Threads(bridge);
        var late = Enumerable.Range(0, 100).Select(_ => bridge.InvokeAsync(bad)).ToList();
        late.AddRange(Enumerable.Range(0, 3).Select(i => bridge.InvokeAsync(bad with { Endpoint = $"https://other{i}.example.test" })));
        (await bridge.InvokeAsync(good)).ShouldBeResult();
        foreach (var answer in await Task.WhenAll(late))
            Assert.Contains(
                "no connection within 300 ms (aws_lambda.connect_timeout_ms): no name server answered the question for ",
                answer.ShouldBeError("LM001").Hint,
                StringComparison.Ordinal
            );
        Assert.InRange(Threads(bridge), 1, before + 4 + 4); // one for each name, and some of the pool

        // A cancel.
        using (var client = await bridge.ConnectAsync())
            await client.SendAsync((bad with { ConnectTimeoutMs = 900_000 }).ToFrame());
        while (!(await StatusAsync(bridge)).Contains("\"abandoned\":1", StringComparison.Ordinal))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        (await bridge.InvokeAsync(good)).ShouldBeResult();
    }

    private static async Task<string> StatusAsync(BridgeProcess bridge)
    {
        using var client = await bridge.ConnectAsync();
        var frame = new Daybreak.Bridge.Bytes.ByteBuffer();
        Daybreak.Bridge.Frames.FrameWriter.Status(frame);
        await client.SendAsync(frame.Written.ToArray());
        return System.Text.Encoding.UTF8.GetString((await client.ReadAsync()).Body);
    }
}
