using System.Diagnostics;
using System.Text.Json;
using Daybreak.Bridge.Tests.Explain;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

public sealed class ExplainTests
{
    // What probes read answers and certificates with, and calls never need.
    private static readonly string[] OfProbes = ["/System.Net.Http.dll", "/System.Private.Xml.Linq.dll"];

    [Fact]
    public async Task Calls_load_nothing_of_what_explains()
    {
        using var directory = new TemporaryDirectory();
        await using var lambda = new Lambda();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new BridgeProcess(directory.Path, lambda.Variables());
        using var client = await bridge.ConnectAsync();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        var before = await File.ReadAllTextAsync($"/proc/{bridge.Id}/maps", TestContext.Current.CancellationToken);
        Assert.All(OfProbes, file => Assert.DoesNotContain(file, before, StringComparison.Ordinal));

        await client.SendAsync(new Question { Endpoint = lambda.Url }.ToFrame());
        Assert.Equal(Daybreak.Bridge.Frames.FrameType.Explanation, (await client.ReadAsync()).Type);
        var after = await File.ReadAllTextAsync($"/proc/{bridge.Id}/maps", TestContext.Current.CancellationToken);
        Assert.All(OfProbes, file => Assert.Contains(file, after, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "my-function", "--region", "us-west-2")]
    [InlineData(false, "my-function", "--region", "nowhere")]
    public async Task Program_explains_a_call_from_this_machine(bool works, params string[] arguments)
    {
        await using var lambda = new Lambda();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "daybreak-bridge"), ["--explain", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in lambda.Variables(("AWS_ENDPOINT_URL_LAMBDA", lambda.Url), ("HOME", "/nonexistent")))
            start.Environment[name] = value;
        using var program = Process.Start(start)!;
        var output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, program.ExitCode);
        var explained = new Explained(JsonDocument.Parse(output).RootElement);
        Assert.Equal(works, explained.Works);
        Assert.StartsWith("target:", explained.States, StringComparison.Ordinal);
    }
}
