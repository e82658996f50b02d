using System.Collections;
using System.Runtime.InteropServices;

namespace Daybreak.Cli.LocalAws;

/// <summary>Programs that the user's shell would run.</summary>
internal static class UserProgram
{
    /// <summary>Returns the file that the shell runs for <paramref name="name"/>; null when PATH has none.</summary>
    public static string? Find(string name) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(IsExecutable);

    public static Dictionary<string, string> Environment() =>
        System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>
    /// Replaces this process, so that exit code, signals, terminal and output are the program's own. Returns only by an exception.
    /// </summary>
    public static void Become(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Posix.Execute(program, [.. arguments, null], [.. environment.Select(pair => $"{pair.Key}={pair.Value}"), null]);
        throw new CommandFailedException(ExitCode.Failure, $"{program} cannot be started: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
