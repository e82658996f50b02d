using System.Diagnostics;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Debugging;

/// <summary>The command of the user that runs the function.</summary>
internal static class DebuggedProcess
{
    /// <summary>A word of the command in place of which the runtime's own file and arguments come.</summary>
    public const string Place = "{}";

    /// <summary>Runs it to its end, or until it is asked to end.</summary>
    /// <returns>Its exit code, with a signal as a shell reports it.</returns>
    /// <exception cref="CommandFailedException">It cannot be started.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> command, DebugStart start, string directory, CancellationToken ended)
    {
        var words = command.SelectMany(word => word == Place ? start.Command.Skip(1) : [word]).ToArray();
        var information = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = directory };
        foreach (var (name, value) in start.Variables)
            information.Environment[name] = value;
        // The launcher switches them off for this program; a debugger of .NET needs them.
        information.Environment.Remove("DOTNET_EnableDiagnostics");
        using var process = Start(information);
        try
        {
            await process.WaitForExitAsync(ended);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C has reached it as well; this is for those who end only this program.
            Posix.Signal(process.Id, Posix.Terminate);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        return process.ExitCode;
    }

    private static Process Start(ProcessStartInfo information)
    {
        try
        {
            return Process.Start(information)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new CommandFailedException(ExitCode.MissingPrerequisite, $"{information.FileName} cannot be started: {error.Message}.");
        }
    }
}
