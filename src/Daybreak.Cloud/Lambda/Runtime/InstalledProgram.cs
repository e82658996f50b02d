using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>A program of this machine that runs a language.</summary>
/// <param name="Version">Version of the language as runtimes name it: <c>3.11</c>, <c>10</c>; null when its files do not tell.</param>
internal sealed record InstalledProgram(string Path, string? Version)
{
    private const int OldestPython = 8,
        NewestPython = 14;

    /// <summary>The Python of a version, otherwise the next newer one, otherwise the newest; null when there is none.</summary>
    /// <param name="minor">12 for Python 3.12.</param>
    public static InstalledProgram? Python(int minor) =>
        Enumerable
            .Range(minor, Math.Max(0, NewestPython - minor) + 1)
            .Concat(Enumerable.Range(OldestPython, Math.Max(0, minor - OldestPython)).Reverse())
            .Select(static number => "3." + number.ToString(CultureInfo.InvariantCulture))
            .Select(static version => InSystem("python" + version) is { } path ? new InstalledProgram(path, version) : null)
            .FirstOrDefault(static program => program is not null)
        ?? (InSystem("python3") is { } any ? new InstalledProgram(any, AfterName(any, "python")) : null);

    public static InstalledProgram? Node() =>
        (InSystem("node") ?? InSystem("nodejs")) is { } path ? new InstalledProgram(path, null) : null;

    /// <summary>.NET, with the major version that a program for <paramref name="major"/> runs on; null when there is none.</summary>
    public static InstalledProgram? Dotnet(int major)
    {
        if (InSystem("dotnet") is not { } path)
            return null;
        var shared = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Target(path))!, "shared", "Microsoft.NETCore.App");
        if (!Directory.Exists(shared))
            return null;
        int[] majors =
        [
            .. Directory
                .EnumerateDirectories(shared)
                .Select(static directory => System.IO.Path.GetFileName(directory).Split('.')[0])
                .Where(static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(static text => int.Parse(text, CultureInfo.InvariantCulture))
                .Where(other => other >= major) // .NET runs what was made for an older version, never what was made for a newer one
                .Order(),
        ];
        return majors is [var nearest, ..] ? new InstalledProgram(path, nearest.ToString(CultureInfo.InvariantCulture)) : null;
    }

    // A link that leads out of the directories that a sandbox shows would dangle in it.
    private static string? InSystem(string name)
    {
        if (ProgramPath.Find(name) is not { } path)
            return null;
        var target = Target(path);
        return target.StartsWith("/usr/", StringComparison.Ordinal) || target.StartsWith("/bin/", StringComparison.Ordinal) ? path : null;
    }

    private static string Target(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static string? AfterName(string path, string name)
    {
        var file = System.IO.Path.GetFileName(Target(path));
        return file.Length > name.Length + 1 && file.StartsWith(name, StringComparison.Ordinal) ? file[name.Length..] : null;
    }
}
