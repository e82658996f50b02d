using System.ComponentModel;
using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Tells which runtimes run on another version of their language than AWS's do, as this machine lacks that version.</summary>
internal sealed class StandIns
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private StandIns(Task<string?> node) => NodeVersion = node;

    /// <summary>Major version of Node.js, which only the program itself tells; null when there is none.</summary>
    public Task<string?> NodeVersion { get; }

    /// <summary>Begins to look, and waits for nothing.</summary>
    public static StandIns Look(TimeProvider time) => new(AskNodeAsync(time));

    /// <summary>What runs instead: <c>Python 3.11 (/usr/bin/python3.11)</c>. Null when the version is the runtime's, is not known yet, or
    /// nothing can run.</summary>
    public string? Of(string runtime)
    {
        if (RuntimeProgram.LanguageOf(runtime) is not { } language || RuntimeProgram.Find(runtime) is not { Program: { } path } program)
            return null;
        var version = RuntimeProgram.IsNode(runtime) && NodeVersion.IsCompletedSuccessfully ? NodeVersion.Result : program.Version;
        return version is null || version == RuntimeProgram.VersionIn(runtime) ? null : $"{language} {version} ({path})";
    }

    private static async Task<string?> AskNodeAsync(TimeProvider time)
    {
        if (InstalledProgram.Node() is not { } node)
            return null;
        var output = new MemoryStream();
        try
        {
            await using var child = await ChildProcess.StartAsync(
                new ChildStart
                {
                    Program = node.Path,
                    Arguments = ["--version"],
                    StandardOutput = chunk => output.Write(chunk),
                },
                time
            );
            await child.Exited.WaitAsync(Patience, time);
        }
        catch (Exception error) when (error is Win32Exception or TimeoutException)
        {
            return null; // functions for Node.js will fail, and say why
        }
        var text = Encoding.UTF8.GetString(output.ToArray()); // v20.20.2
        return text.StartsWith('v') && text.Contains('.', StringComparison.Ordinal)
            ? text[1..text.IndexOf('.', StringComparison.Ordinal)]
            : null;
    }
}
