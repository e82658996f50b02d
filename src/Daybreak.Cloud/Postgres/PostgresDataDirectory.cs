using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>The files of a server before it runs: its directories, <c>initdb</c>, and our configuration.</summary>
internal static class PostgresDataDirectory
{
    private const int SocketPathMax = 107; // sun_path of Linux without its terminator
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static bool Exists(PostgresServerOptions options) => File.Exists(Path.Combine(options.DataDirectory, "PG_VERSION"));

    /// <exception cref="PostgresServerException"><c>initdb</c> failed.</exception>
    public static async Task CreateAsync(PostgresInstallation installation, PostgresServerOptions options, CancellationToken cancellation)
    {
        var socket = Path.Combine(options.SocketDirectory, $".s.PGSQL.{options.Port}");
        if (Encoding.UTF8.GetByteCount(socket) > SocketPathMax)
            throw new PostgresServerException(
                $"The path {socket} is too long for a Unix socket (at most {SocketPathMax} bytes). Set TMPDIR to a shorter one."
            );

        Directory.CreateDirectory(options.Directory, Passable);
        File.SetUnixFileMode(options.Directory, Passable); // the server's user enters it; nobody lists it
        OwnedFiles.MakeFor(installation.User, options.DataDirectory);
        OwnedFiles.Give(Directory.CreateDirectory(options.SocketDirectory, Passable).FullName, installation.User);
        var passwordFile = Path.Combine(options.Directory, "initial-password");
        try
        {
            await WriteForAsync(installation, passwordFile, options.Password);
            await InitializeAsync(installation, options, passwordFile, cancellation);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>
    /// Writes access rules and all our settings, so that each start follows the options. ALTER SYSTEM still overrides them.
    /// </summary>
    public static async Task ConfigureAsync(PostgresInstallation installation, PostgresServerOptions options)
    {
        // Not in the data directory: there the server's user could put a link in the place of a file that we write as root, and a base
        // backup would contain the key.
        var users = options.TrustedUsers.Select(user => $"daybreak \"{user}\" {options.Superuser}\n");
        await ReplaceAsync(installation, options.File("pg_ident.conf"), string.Concat(users));
        await ReplaceAsync(installation, options.File("pg_hba.conf"), Authentication(installation, options));
        if (options.Certificate is { } certificate)
        {
            await ReplaceAsync(installation, options.File("server.crt"), certificate.Certificate);
            await ReplaceAsync(installation, options.File("server.key"), certificate.Key);
        }
        await ReplaceAsync(installation, options.SettingsFile, Configuration(options));
    }

    internal static string Configuration(PostgresServerOptions options)
    {
        SortedDictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["hba_file"] = options.File("pg_hba.conf"),
            ["ident_file"] = options.File("pg_ident.conf"),
            ["ssl_cert_file"] = options.File("server.crt"),
            ["ssl_key_file"] = options.File("server.key"),
            ["listen_addresses"] = string.Join(',', options.MoreAddresses.Prepend(options.Address)),
            ["port"] = $"{options.Port}",
            ["unix_socket_directories"] = options.SocketDirectory,
            ["password_encryption"] = "scram-sha-256",
            ["lc_messages"] = "C", // readiness is detected in the log
            ["dynamic_shared_memory_type"] = "mmap", // in the data directory, so that nothing stays in /dev/shm after kill -9
        };
        if (options.Certificate is not null)
            settings["ssl"] = "on";
        if (options.ThrowAway)
            settings["fsync"] = settings["full_page_writes"] = "off"; // only a crash of the machine loses data
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return string.Concat(settings.Select(setting => ConfigurationFile.Line(setting.Key, setting.Value)));
    }

    private static string Authentication(PostgresInstallation installation, PostgresServerOptions options)
    {
        var host = options.RequiresTls ? "hostssl" : "host";
        var local = $"local all {options.Superuser} peer map=daybreak\n";
        if (options.ReplicationPasswordFile is not null)
            local += $"local replication {options.Replicator} scram-sha-256\n";
        if (options.Superuser != "postgres")
            // Its database comes first.
            local += $"host {options.Superuser} all all reject\nhost all {options.Superuser},{options.Replicator} all reject\n";
        local += options.TokenLogins?.Rules(installation.SpeaksLdap);
        return local + $"{host} all all 0.0.0.0/0 scram-sha-256\n{host} all all ::0/0 scram-sha-256\n";
    }

    private static async Task InitializeAsync(
        PostgresInstallation installation,
        PostgresServerOptions options,
        string passwordFile,
        CancellationToken cancellation
    )
    {
        List<string> arguments =
        [
            "--pgdata",
            options.DataDirectory,
            "--username",
            "postgres",
            "--pwfile",
            passwordFile,
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--auth-local",
            "peer",
            "--auth-host",
            "scram-sha-256",
        ];
        if (options.ThrowAway)
            arguments.Add("--no-sync");
        var said = new ServerLog(null);
        await using var initdb = await ChildProcess.StartAsync(
            new ChildStart
            {
                Program = installation.Program("initdb"),
                Arguments = arguments,
                User = installation.User,
                WorkingDirectory = options.DataDirectory,
                Environment = new Dictionary<string, string>
                {
                    ["PATH"] = "/usr/bin:/bin",
                    ["LC_ALL"] = "C.UTF-8",
                    ["TZ"] = "UTC",
                },
                StandardOutput = said.Write,
                StandardError = said.Write,
            }
        );
        var exit = await initdb.Exited.WaitAsync(cancellation); // cancelling disposes, and so kills, initdb
        if (!exit.Succeeded)
            throw new PostgresServerException($"initdb failed ({exit}):\n{said.Tail}");
    }

    /// <summary>Writes a file that only the server's user can read.</summary>
    public static async Task WriteForAsync(PostgresInstallation installation, string file, string content)
    {
        await WritePrivateAsync(file, content);
        OwnedFiles.Give(file, installation.User);
    }

    /// <summary>Replaces a file that only the server's user can read, in a directory of ours.</summary>
    public static async Task ReplaceAsync(PostgresInstallation installation, string file, string content)
    {
        await WriteForAsync(installation, file + ".new", content);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static async Task WritePrivateAsync(string file, string content)
    {
        await using var stream = new FileStream(
            file,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        await stream.WriteAsync(Encoding.UTF8.GetBytes(content));
    }
}
