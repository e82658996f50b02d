using System.Collections.Immutable;
using System.Net;

namespace Daybreak.Cloud.Postgres;

/// <summary>What makes one PostgreSQL server.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>Becomes the server's own: cluster, sockets and log lie below. Created when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Of its PostgreSQL, for settings that earlier majors do not know.</summary>
    public int Major { get; init; }

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public required int Port { get; init; }

    /// <summary>Where it answers as well.</summary>
    public ImmutableArray<IPAddress> MoreAddresses { get; init; } = [];

    /// <summary>Who the cluster belongs to. Unless it is called <c>postgres</c>, it can log in on the Unix socket only.</summary>
    public string Superuser { get; init; } = "postgres";

    /// <summary>Who follows the server: readers and backups. It reaches databases by replication only.</summary>
    public string Replicator { get; init; } = "replicator";

    /// <summary>Password of the superuser over TCP; the cluster keeps only its SCRAM verifier. Empty: it has none.</summary>
    public string Password { get; init; } = "";

    /// <summary>For TLS: PEM of certificate and key.</summary>
    public (string Certificate, string Key)? Certificate { get; init; }

    /// <summary>Refuses connections over TCP without TLS.</summary>
    public bool RequiresTls { get; init; }

    /// <summary>Password file of libpq for <see cref="Replicator"/>; null: there is none.</summary>
    public string? ReplicationPasswordFile { get; init; }

    /// <summary>Connection string for who follows the server, without a password in it.</summary>
    internal string ReplicationConnection =>
        $"{ConfigurationFile.Connection("host", SocketDirectory)} port={Port} user={Replicator} "
        + $"{ConfigurationFile.Connection("passfile", ReplicationPasswordFile ?? "")}";

    /// <summary>Users of this machine who are the superuser on the Unix socket without a password.</summary>
    public ImmutableArray<string> TrustedUsers { get; init; } = [];

    /// <summary>Settings beyond ours, as in postgresql.conf, unquoted.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The server's environment, and so its bridge's: never visible in SQL, nor to other users of the machine.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Nothing is synced to disk: for a server that is thrown away.</summary>
    public bool ThrowAway { get; init; }

    /// <summary>Cluster, readable by the server's user only.</summary>
    public string DataDirectory => Path.Combine(Directory, "data");

    public string SocketDirectory
    {
        get => field ?? Path.Combine(Directory, "run");
        init;
    }

    /// <summary>What it reads besides, where it is in a sandbox: directories and files that it shares with others of its cluster.</summary>
    internal ImmutableArray<string> Shared { get; init; } = [];

    internal string SettingsFile => File("postgresql.conf");

    /// <summary>A file beside the data directory.</summary>
    internal string File(string name) => Path.Combine(Directory, name);

    public const string LogFileName = "server.log";

    public string LogFile => Path.Combine(Directory, LogFileName);
}
