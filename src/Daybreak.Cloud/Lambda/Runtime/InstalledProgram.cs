using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>A program of this machine that runs a language.</summary>
/// <param name="Version">Version of the language as runtimes name it: <c>3.11</c>, <c>10</c>; null when its files do not tell.</param>
internal sealed record InstalledProgram(string Path, string? Version)
{
    private const string JavaDirectory = "/usr/lib/jvm";

    /// <summary>The Python of a version, otherwise the next newer one, otherwise the newest; null when there is none.</summary>
    /// <param name="minor">12 for Python 3.12.</param>
    public static InstalledProgram? Python(int minor) =>
        Nearest("python", minor, oldest: 8, newest: 14)
        ?? (InSystem("python3") is { } any ? new InstalledProgram(any, AfterName(any, "python")) : null);

    /// <summary>The Ruby of a version, otherwise the next newer one, otherwise the newest; null when there is none.</summary>
    /// <param name="minor">4 for Ruby 3.4.</param>
    public static InstalledProgram? Ruby(int minor) =>
        Nearest("ruby", minor, oldest: 0, newest: 4)
        ?? (InSystem("ruby") is { } any ? new InstalledProgram(any, AfterName(any, "ruby") ?? RubyBeside(any)) : null);

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

    /// <summary>The Java of a version, otherwise the next newer one, otherwise the newest; null when there is none. Its directory has a
    /// compiler, which the bootstrap needs, or <see cref="JavaClasses"/> finds one elsewhere.</summary>
    public static InstalledProgram? Java(int major) =>
        Javas()
            .OrderBy(program => program.Major >= major ? program.Major - major : 1000 + major - program.Major)
            .Select(static program => new InstalledProgram(program.Path, program.Major.ToString(CultureInfo.InvariantCulture)))
            .FirstOrDefault();

    /// <summary>Java's compiler, of the oldest version that can compile the bootstrap; null when there is none.</summary>
    public static string? JavaCompiler() =>
        Javas()
            .OrderBy(static program => program.Major)
            .Select(static program => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(program.Path)!, "javac"))
            .FirstOrDefault(File.Exists);

    // Each has a file that tells its version: JAVA_VERSION="17.0.15". The bootstrap needs Java 17.
    private static IEnumerable<(int Major, string Path)> Javas()
    {
        var inPath = InSystem("java") is { } java ? [System.IO.Path.GetFullPath("../..", Target(java))] : (string[])[];
        foreach (var home in (Directory.Exists(JavaDirectory) ? Directory.EnumerateDirectories(JavaDirectory) : []).Concat(inPath).Order())
        {
            var (path, release) = (System.IO.Path.Combine(home, "bin", "java"), System.IO.Path.Combine(home, "release"));
            if (!File.Exists(path) || !File.Exists(release) || !Target(path).StartsWith("/usr/", StringComparison.Ordinal))
                continue;
            var line = File.ReadLines(release).FirstOrDefault(static line => line.StartsWith("JAVA_VERSION=", StringComparison.Ordinal));
            var text = line?["JAVA_VERSION=".Length..].Trim('"').Split('.', '-', '+')[0];
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= 17)
                yield return (major, path);
        }
    }

    // The program of version 3.MINOR of a language, by its name.
    private static InstalledProgram? Nearest(string language, int minor, int oldest, int newest) =>
        Enumerable
            .Range(minor, Math.Max(0, newest - minor) + 1)
            .Concat(Enumerable.Range(oldest, Math.Max(0, minor - oldest)).Reverse())
            .Select(static number => "3." + number.ToString(CultureInfo.InvariantCulture))
            .Select(version => InSystem(language + version) is { } path ? new InstalledProgram(path, version) : null)
            .FirstOrDefault(static program => program is not null);

    // The library of a Ruby that was compiled on the machine: lib/ruby/3.3.0 beside bin/ruby.
    private static string? RubyBeside(string path)
    {
        var libraries = new DirectoryInfo(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Target(path))!, "../lib/ruby"));
        return libraries.Exists && libraries.GetDirectories("*.*.0") is [var only] && System.Version.TryParse(only.Name, out var version)
            ? version.ToString(2)
            : null;
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
