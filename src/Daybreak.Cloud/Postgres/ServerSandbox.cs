using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// A bubblewrap sandbox for the server of one cluster member. The server sees its own data, its configuration, the sockets of its cluster,
/// its programs, the system's libraries, and its own processes. The network is shared.
/// </summary>
internal sealed record ServerSandbox(string Program)
{
    private const string LockPatience = "30"; // s

    // The parents of visible directories. Only bubblewrap's user could enter those that it makes by itself.
    private static readonly string[] Directories = ["/etc", "/etc/ssl", "/var", "/var/cache"];

    /// <summary>
    /// Starts the server inside its sandbox. All its processes hold a lock on its data, because <c>postmaster.pid</c> is no protection when
    /// each server has the same process id: after <c>kill -9</c> of a local AWS, the next one must not start a second server on the same
    /// data.
    /// </summary>
    public async Task<ChildStart> AroundServerAsync(ChildStart server, PostgresInstallation installation, PostgresServerOptions options)
    {
        var accounts = options.File("passwd"); // peer authentication needs the name of the user who runs the local AWS
        var id = LibC.EffectiveUser();
        await PostgresDataDirectory.ReplaceAsync(installation, accounts, $"{Environment.UserName}:x:{id}:{id}::/:/sbin/nologin\n");
        var locked = server with
        {
            Program = "/usr/bin/flock",
            Arguments =
            [
                "--no-fork",
                "--timeout",
                LockPatience,
                Path.Combine(options.DataDirectory, "PG_VERSION"),
                server.Program,
                .. server.Arguments,
            ],
        };
        var started = Around(
            locked,
            installation,
            [options.Directory, .. options.Shared],
            [options.DataDirectory, options.SocketDirectory]
        );
        return started with { Arguments = ["--ro-bind", accounts, "/etc/passwd", .. started.Arguments] };
    }

    /// <summary>Starts another program of the installation inside a sandbox.</summary>
    /// <param name="shown">Directories and files that it reads.</param>
    /// <param name="own">Directories that it also writes; they may be below those.</param>
    public ChildStart Around(ChildStart start, PostgresInstallation installation, IEnumerable<string> shown, IEnumerable<string> own) =>
        start with
        {
            Program = Program,
            Arguments =
            [
                "--die-with-parent",
                "--unshare-user",
                "--unshare-pid",
                "--unshare-ipc",
                .. Bubblewrap.ProcessesAndDevices,
                .. Directories.SelectMany(directory => (string[])["--perms", "0755", "--dir", directory]),
                .. Bubblewrap.Programs,
                .. Bubblewrap.Settings.SelectMany(name => Shown("/etc/" + name)),
                .. Shown("/var/cache/postgresql"), // Debian's dictionaries
                "--perms",
                "1777",
                "--tmpfs",
                "/tmp",
                .. installation.Directories.Where(directory => !directory.StartsWith("/usr/", StringComparison.Ordinal)).SelectMany(Shown),
                .. shown.SelectMany(path => (string[])["--ro-bind", path, path]),
                .. own.SelectMany(path => (string[])["--bind", path, path]),
                "--remount-ro",
                "/",
                "--chdir",
                start.WorkingDirectory ?? "/",
                "--",
                start.Program,
                .. start.Arguments,
            ],
            WorkingDirectory = null,
            WatchesItsParent = true,
        };

    private static string[] Shown(string path) => ["--ro-bind-try", path, path];
}
