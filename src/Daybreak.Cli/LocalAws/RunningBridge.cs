using System.Text.Json;
using Daybreak.Cli.Text;

namespace Daybreak.Cli.LocalAws;

/// <summary>Asks a bridge for its health and counters with the bridge's own program, which knows the frames.</summary>
internal static class RunningBridge
{
    private const string SocketBelowServer = "data/pg_stat_tmp/aws_lambda.sock";
    private static readonly EnumerationOptions WhatWeMaySee = new() { IgnoreInaccessible = true };

    /// <summary>Sockets of the servers of this machine's local AWSs to which this user has access.</summary>
    /// <param name="keptState">The state directory, if one is kept; others have their servers in a temporary directory.</param>
    public static IEnumerable<string> Sockets(string? keptState) =>
        Directory
            .EnumerateDirectories(Path.GetTempPath(), "daybreak-rds-*", WhatWeMaySee)
            .Concat(keptState is null ? [] : [Path.Combine(keptState, "rds")])
            .Select(static directory => Path.Combine(directory, "clusters"))
            .Where(Directory.Exists)
            .SelectMany(static clusters => Directory.EnumerateDirectories(clusters, "*", WhatWeMaySee))
            .SelectMany(static cluster => Directory.EnumerateDirectories(cluster, "*", WhatWeMaySee))
            .Select(static instance => Path.Combine(instance, SocketBelowServer))
            .Where(File.Exists);

    /// <summary>Returns null when the bridge does not answer: its server may be starting or ending.</summary>
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

    /// <exception cref="CommandFailedException">No bridge answers there, or it serves only other users.</exception>
    public static async Task<JsonElement> AskAsync(string socket, CancellationToken cancellation)
    {
        var (code, answer, error) = await ToolOutput.ReadAsync(
            Installation.BridgeProgram,
            ["--status", "--socket", socket],
            static _ => { },
            "",
            $"It is built by: {Installation.Command} demo --exit",
            cancellation
        );
        return code == 0
            ? JsonSerializer.Deserialize(answer, CliJson.Default.JsonElement)
            : throw new CommandFailedException(ExitCode.NotRunning, error);
    }
}
