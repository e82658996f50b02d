namespace Daybreak.Cloud.Processes;

/// <summary>
/// The parts of this machine that every bubblewrap sandbox contains, as arguments: programs and libraries, and nothing that identifies or
/// authorizes.
/// </summary>
internal static class Bubblewrap
{
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom", "tty"];

    private static readonly (string Name, string Target)[] Descriptors =
    [
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ];

    /// <summary>Null when it is not installed.</summary>
    public static string? Program => ProgramPath.Find("bwrap");

    /// <summary>The directories next to /usr, which on most systems are links into it.</summary>
    public static IReadOnlyList<string> SystemDirectories { get; } = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    /// <summary>The files below /etc that programs need to resolve names, verify certificates and load libraries.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "alternatives",
        "ca-certificates",
        "gai.conf",
        "host.conf",
        "hosts",
        "ld.so.cache",
        "ld.so.conf",
        "ld.so.conf.d",
        "localtime",
        "mime.types",
        "nsswitch.conf",
        "pki",
        "protocols",
        "resolv.conf",
        "services",
        "ssl/certs",
        "ssl/openssl.cnf",
    ];

    // Not bubblewrap's own /dev, which has a /dev/shm without a limit; functions on AWS have none.
    public static IEnumerable<string> ProcessesAndDevices =>
        [
            "--proc",
            "/proc",
            "--tmpfs",
            "/dev",
            .. Devices.SelectMany(name => (string[])["--dev-bind-try", "/dev/" + name, "/dev/" + name]),
            .. Descriptors.SelectMany(link => (string[])["--symlink", link.Target, "/dev/" + link.Name]),
            "--remount-ro",
            "/dev",
        ];

    /// <summary>/usr and the links into it.</summary>
    public static IEnumerable<string> Programs =>
        [
            "--ro-bind",
            "/usr",
            "/usr",
            .. SystemDirectories.SelectMany(directory =>
                new DirectoryInfo(directory).LinkTarget is { } target ? (string[])["--symlink", target, directory]
                : Directory.Exists(directory) ? ["--ro-bind", directory, directory]
                : []
            ),
        ];

    /// <summary>
    /// Returns the program that a bubblewrap runs in its process namespace, as the process id outside; null when it has not started yet or
    /// has ended.
    /// </summary>
    public static int? ProgramIn(int bubblewrap)
    {
        // The program is the first child of the namespace's first process; orphans come after it.
        foreach (var program in ProcessTree.Children(bubblewrap).SelectMany(ProcessTree.Children))
            return program;
        return null;
    }
}
