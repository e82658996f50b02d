using System.Diagnostics;
using System.Text.Json;
using Daybreak.Bridge.Tests.Explain;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

public sealed class ExplainTests
{
    [Theory]
    [InlineData(true, "my-function", "--region", "us-west-2")]
    [InlineData(false, "my-function", "--region", "nowhere")]
    public async Task Program_explains_a_call_from_this_machine(bool works, params string[] arguments)
    {
        await using var lambda = new Lambda();
        var start = new ProcessStartInfo(BridgeProcess.Program, ["--explain", .. arguments]) { RedirectStandardOutput = true };
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
