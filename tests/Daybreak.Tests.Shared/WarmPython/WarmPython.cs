using System.Diagnostics;

namespace Daybreak.Tests.Shared;

/// <summary>
/// The machine's <c>python3</c> and <c>aws</c>, whose modules and models are loaded once: of the half second of processor time that each of
/// hundreds of calls takes to start, a tenth is left. What runs is the real client in a process of its own; see <c>server.py</c>.
/// </summary>
public static class WarmPython
{
    private static readonly Lazy<Task<string>> Programs = new(StartAsync);

    // It ends with this process, which holds its standard input open.
    private static Process? Server;

    /// <summary>What to start for <paramref name="name"/>: a program that has it run warm, or the name itself where there is none.</summary>
    public static async Task<string> FindAsync(string name)
    {
        var path = Path.Combine(await Programs.Value, name);
        return File.Exists(path) ? path : name;
    }

    private static async Task<string> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-warm-").FullName;
        var script = Path.Combine(Checkout.Root, "tests", "Daybreak.Tests.Shared", "WarmPython", "server.py");
        Server = Process.Start(
            new ProcessStartInfo("python3", [script, directory]) { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;
        // It writes a line when it is ready, and ends if boto3 is missing.
        await Server.StandardOutput.ReadLineAsync();
        return directory;
    }
}
