namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>What this machine runs functions with, for tools that prepare functions.</summary>
public static class MachineRuntimes
{
    private const int NewestPython = 14;

    /// <summary>The program that runs functions of <paramref name="runtime"/>; null: there is none, or it comes with the code.</summary>
    public static string? ProgramOf(string runtime) => RuntimeProgram.Find(runtime)?.Program;

    /// <summary>The runtime of this machine's newest Python, <c>python3.11</c>; null when there is none.</summary>
    public static string? Python() =>
        InstalledProgram.Python(NewestPython)?.Version is { } version && RuntimeProgram.IsPython("python" + version)
            ? "python" + version
            : null;

    /// <summary>The program that runs functions for Node.js; null when there is none.</summary>
    public static string? NodeProgram() => InstalledProgram.Node()?.Path;
}
