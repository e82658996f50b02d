using System.Text.Json;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

[Trait("Pace", "slow")]
public sealed class AllocationTests
{
    private const int Calls = 5_000;

    [Fact]
    public async Task Warm_calls_allocate_nothing_of_their_own()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("{\"answer\": 42}"));
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        using var client = await bridge.ConnectAsync();
        var call = new Call
        {
            Endpoint = endpoint.Url,
            Context = "{\"custom\":{}}",
            LogType = "Tail",
            Qualifier = "prod",
        };
        for (var i = 0; i < 500; i++)
            (await client.InvokeAsync(call)).ShouldBeResult();
        var before = await AllocatedAsync(client);
        for (var i = 0; i < Calls; i++)
            (await client.InvokeAsync(call)).ShouldBeResult();
        var perCall = (await AllocatedAsync(client) - before) / Calls;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perCall} bytes a call");
        // A single object with one field is 24 bytes; the rest is what a timer, a second's date and the status itself cost.
        Assert.InRange(perCall, 0, 23);
    }

    private static async Task<long> AllocatedAsync(BackendClient client)
    {
        var status = new ByteBuffer();
        FrameWriter.Status(status);
        await client.SendAsync(status.Written.ToArray());
        return JsonDocument.Parse((await client.ReadAsync()).Body).RootElement.GetProperty("allocated_bytes").GetInt64();
    }
}
