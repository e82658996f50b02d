using System.Globalization;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

/// <summary>The resident memory of the process after many calls.</summary>
[Trait("Pace", "slow")]
public sealed class MemoryTests
{
    private const long MiB = 1024 * 1024;

    // Compiled code, buffers of connections, and what a collection leaves: far less than the received frames.
    private const long Slack = 64 * MiB;

    [Fact]
    public async Task Frames_of_all_kinds_do_not_add_up()
    {
        using var directory = new TemporaryDirectory();
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        await OneOfEachAsync(bridge, new Random(1), 100);
        var before = ResidentBytes(bridge.Id);
        var random = new Random(20260103);
        var most = 0L;
        for (var round = 0; round < 30; round++)
        {
            await OneOfEachAsync(bridge, random, 100);
            most = Math.Max(most, ResidentBytes(bridge.Id));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{before / MiB} MiB before, {most / MiB} MiB at most");
        Assert.InRange(most, 0, before + Slack + FrameArrays.MostKept);
    }

    [Fact]
    public async Task What_a_burst_of_large_frames_took_is_given_back()
    {
        using var directory = new TemporaryDirectory();
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        (await bridge.InvokeAsync(new Call { FunctionName = "no such name" })).ShouldBeError("LM006");
        var before = ResidentBytes(bridge.Id);
        var large = new Call { FunctionName = "no such name", Payload = new byte[6 * MiB] }.ToFrame();
        var clients = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => bridge.ConnectAsync()));
        // The end of each is not sent, so that the bridge holds all of them at the same time.
        await Task.WhenAll(clients.Select(client => client.SendAsync(large[..^1])));
        await UntilAsync(() => ResidentBytes(bridge.Id) > before + (clients.Length * 5 * MiB), "the frames have come");
        await Task.WhenAll(
            clients.Select(async client =>
            {
                await client.SendAsync(large[^1..]);
                (await client.ReadAsync()).ShouldBeError("LM006");
            })
        );
        // They stay connected, as sessions do.
        await UntilAsync(() => ResidentBytes(bridge.Id) < before + Slack, "the memory is given back");
        foreach (var client in clients)
        {
            (await client.InvokeAsync(new Call { FunctionName = "no such name" })).ShouldBeError("LM006");
            client.Dispose();
        }
    }

    /// <summary>Connections that send garbage, refused calls small and large, and questions that do not parse.</summary>
    private static async Task OneOfEachAsync(BridgeProcess bridge, Random random, int connections)
    {
        for (var i = 0; i < connections; i++)
        {
            using var client = await bridge.ConnectAsync();
            var garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            switch (i % 4)
            {
                case 0:
                    await client.SendAsync(garbage);
                    break;
                case 1:
                    (await client.InvokeAsync(new Call { FunctionName = "no such name", Context = "{}" })).ShouldBeError("LM006");
                    break;
                case 2:
                    (
                        await client.InvokeAsync(
                            new Call { FunctionName = "no such name", Payload = new byte[random.Next(1 << random.Next(10, 22))] }
                        )
                    ).ShouldBeError("LM006");
                    break;
                default:
                    await client.SendAsync([0, 0, 1, 0, (byte)FrameType.Explain, .. garbage.AsSpan(0, Math.Min(garbage.Length, 250))]);
                    break;
            }
        }
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            Assert.False(hang.IsCancellationRequested, $"never: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static long ResidentBytes(int process) =>
        1024
        * long.Parse(
            File.ReadLines($"/proc/{process}/status")
                .Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..]
                .Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
}
