using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Processes;

/// <summary>A shell script as a child, its output collected.</summary>
internal sealed class Shell : IAsyncDisposable
{
    private readonly MemoryStream _output = new();
    private ChildProcess? _child;

    public ChildProcess Child => _child!;

    public string Output
    {
        get
        {
            lock (_output)
                return Encoding.UTF8.GetString(_output.ToArray());
        }
    }

    public static async Task<Shell> StartAsync(string script, Func<ChildStart, ChildStart>? change = null)
    {
        var shell = new Shell();
        var start = new ChildStart
        {
            Program = "/bin/bash",
            Arguments = ["-c", script],
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            StandardOutput = shell.Take,
        };
        shell._child = await ChildProcess.StartAsync(change is null ? start : change(start));
        return shell;
    }

    public static async Task<(ProcessExit Exit, string Output)> RunAsync(string script, Func<ChildStart, ChildStart>? change = null)
    {
        await using var shell = await StartAsync(script, change);
        var exit = await shell.Child.Exited.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return (exit, shell.Output);
    }

    /// <summary>Waits until the script has printed <paramref name="text"/>.</summary>
    public async Task PrintedAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Child.DisposeAsync();

    private void Take(ReadOnlySpan<byte> chunk)
    {
        lock (_output)
            _output.Write(chunk);
    }
}
