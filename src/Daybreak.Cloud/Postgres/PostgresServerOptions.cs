using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>The options of one PostgreSQL server.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>The server's own directory, with cluster, sockets and log. Created when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Of its PostgreSQL, for settings that earlier majors do not know.</summary>
    public int Major { get; init; }

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public required int Port { get; init; }

    /// <summary>Further addresses that it listens on.</summary>
    public ImmutableArray<IPAddress> MoreAddresses { get; init; } = [];

    /// <summary>The owner of the cluster. Unless it is called <c>postgres</c>, it can only log in on the Unix socket.</summary>
    public string Superuser { get; init; } = "postgres";

    /// <summary>The user of standby servers and backups. It can only connect for replication.</summary>
    public string Replicator { get; init; } = "replicator";

    /// <summary>Password of the superuser over TCP; the cluster stores only its SCRAM verifier. Empty: it has none.</summary>
    public string Password { get; init; } = "";

    /// <summary>PEM of certificate and key for TLS.</summary>
    public (string Certificate, string Key)? Certificate { get; init; }

    /// <summary>Whether connections over TCP without TLS are refused.</summary>
    public bool RequiresTls { get; init; }

    /// <summary>Null: everybody logs in with a password.</summary>
    public TokenLogins? TokenLogins { get; init; }

    /// <summary>Password file of libpq for <see cref="Replicator"/>; null: there is none.</summary>
    public string? ReplicationPasswordFile { get; init; }

    /// <summary>Connection string of standby servers, without a password.</summary>
    internal string ReplicationConnection =>
        $"{ConfigurationFile.Connection("host", SocketDirectory)} port={Port} user={Replicator} "
        + $"{ConfigurationFile.Connection("passfile", ReplicationPasswordFile ?? "")}";

    /// <summary>Users of this machine who can log in as the superuser on the Unix socket without a password.</summary>
    public ImmutableArray<string> TrustedUsers { get; init; } = [];

    /// <summary>Settings in addition to ours, as in postgresql.conf, unquoted.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The environment of the server and of its bridge. It is never visible in SQL, nor to other users of the machine.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Nothing is synced to disk, for a server that is only temporary.</summary>
    public bool ThrowAway { get; init; }

    /// <summary>The cluster, which only the server's user can read.</summary>
    public string DataDirectory => Path.Combine(Directory, "data");

    public string SocketDirectory
    {
        get => field ?? Path.Combine(Directory, "run");
        init;
    }

    /// <summary>In a sandbox: further directories and files that it reads, shared with others of its cluster.</summary>
    internal ImmutableArray<string> Shared { get; init; } = [];

    internal string SettingsFile => File("postgresql.conf");

    /// <summary>Returns the path of a file next to the data directory.</summary>
    internal string File(string name) => Path.Combine(Directory, name);

    /// <summary>Receives everything that the server writes into its log; null: nobody else does.</summary>
    public ChildOutput? LogReceiver { get; init; }

    public const string LogFileName = "server.log";

    public string LogFile => Path.Combine(Directory, LogFileName);
}
