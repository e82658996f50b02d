using System.Diagnostics;
using System.Text.Json;

namespace Daybreak.Cli;

/// <summary>Asks a bridge for its health and counters, by way of the bridge's own program, which knows the frames.</summary>
internal static class RunningBridge
{
    private const string SocketBelowServer = "data/pg_stat_tmp/aws_lambda.sock";

    /// <summary>Sockets of the servers in this machine's temporary directories that this user may look into.</summary>
    public static IEnumerable<string> Sockets() =>
        Directory.EnumerateDirectories(Path.GetTempPath(), "daybreak-pg-*")
            .Select(directory => Path.Combine(directory, SocketBelowServer))
            .Where(File.Exists);

    /// <summary>Null when it does not answer: its server may be starting or ending right now.</summary>
    public static async Task<JsonElement?> TryAskAsync(string socket, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(socket, cancellation);
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }

    /// <exception cref="CommandFailedException">No bridge answers there, or it serves other users only.</exception>
    public static async Task<JsonElement> AskAsync(string socket, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Installation.BridgeProgram, ["--status", "--socket", socket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bridge = Start(start);
        var output = bridge.StandardOutput.ReadToEndAsync(cancellation);
        var error = await bridge.StandardError.ReadToEndAsync(cancellation);
        var answer = await output;
        await bridge.WaitForExitAsync(cancellation);
        return bridge.ExitCode == 0
            ? JsonSerializer.Deserialize(answer, CliJson.Default.JsonElement)
            : throw new CommandFailedException(ExitCode.NotRunning, error.Trim());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new CommandFailedException(
                ExitCode.MissingPrerequisite, $"{start.FileName} cannot be started: {error.Message}.", "It is built by: ./daybreak demo --exit");
        }
    }
}
