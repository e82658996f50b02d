namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>
/// Finds the AWS SDK for JavaScript, which AWS's image has in <c>/var/runtime/node_modules</c>: version 3 since <c>nodejs18.x</c>,
/// version 2 before. Here <c>daybreak runtimes add</c> installs it; otherwise an SDK that npm has installed for the machine is used.
/// </summary>
public static class NodePackages
{
    /// <summary>Directories in which npm and system packages install for the whole machine.</summary>
    internal static IReadOnlyList<string> MachineDirectories { get; } =
    ["/usr/local/lib/node_modules", "/usr/lib/node_modules", "/usr/share/nodejs"];

    /// <summary>Directory in which <c>daybreak runtimes add</c> installs for this user.</summary>
    public static string DefaultDirectory { get; } =
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
                : Environment.IsPrivilegedProcess ? "/var/cache"
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "daybreak",
            "runtimes"
        );

    /// <summary>npm's prefix below <paramref name="directory"/> for version 2 or 3 of the SDK.</summary>
    public static string Prefix(string directory, int sdkVersion) => Path.Combine(directory, "aws-sdk-" + sdkVersion);

    /// <summary>The directory in which functions of <paramref name="runtime"/> find packages; null when the machine has none.</summary>
    /// <param name="directory">Directory in which <c>daybreak runtimes add</c> installs.</param>
    /// <param name="machine">Directories that may have it for the whole machine.</param>
    /// <param name="workDirectory">Directory in which links to packages of the machine are made.</param>
    internal static string? Find(string runtime, string directory, IEnumerable<string> machine, string workDirectory)
    {
        var sdkVersion = RuntimeProgram.NodeMajor(runtime) >= 18 ? 3 : 2;
        var installed = Path.Combine(Prefix(directory, sdkVersion), "node_modules");
        if (Directory.Exists(installed))
            return installed;
        string[] names = sdkVersion == 3 ? ["@aws-sdk", "@smithy"] : ["aws-sdk"];
        return machine.FirstOrDefault(candidate => Directory.Exists(Path.Combine(candidate, names[0]))) is { } found
            ? Links(found, names, Path.Combine(workDirectory, "aws-sdk-" + sdkVersion, "node_modules"))
            : null;
    }

    // Only these packages are linked, as AWS does not have the machine's others.
    private static string Links(string machine, string[] names, string target)
    {
        Directory.CreateDirectory(target, RuntimeFiles.Readable);
        foreach (var name in names.Where(name => !Path.Exists(Path.Combine(target, name))))
            File.CreateSymbolicLink(Path.Combine(target, name), Path.Combine(machine, name));
        return target;
    }
}
