using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.ParameterGroups;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// A data directory made by <c>initdb</c>, with RDS's roles. Clusters start as copies of it, which takes a tenth of the time.
/// </summary>
/// <param name="DataDirectory">Never started as a server.</param>
/// <param name="Aurora">The parameters of an Aurora server.</param>
/// <param name="Postgres">The parameters of RDS for PostgreSQL, which offers more extensions.</param>
internal sealed record ServerTemplate(
    PostgresInstallation Installation,
    string DataDirectory,
    ParameterCatalog Aurora,
    ParameterCatalog Postgres
)
{
    /// <summary>The real superuser. Only we log in as it: it has no password, and can only use the Unix socket.</summary>
    public const string Superuser = "rdsadmin";

    /// <summary>The role with which readers connect to the writer.</summary>
    public const string Replicator = "rdsrepladmin";

    /// <summary>The database for administration, as on RDS. Nobody else can connect to it, so it contains nothing of users.</summary>
    public const string AdministrationDatabase = "rdsadmin";

    private const string Settings = "pg_settings.json";
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;

    private static readonly string[] Initialization =
    [
        "--username",
        Superuser,
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8",
        "--auth",
        "reject",
        "--no-sync",
        "--no-instructions",
    ];

    // Separate statements, because the first cannot run inside a transaction.
    internal static string[] AdministrationDatabaseStatements { get; } =
    [$"CREATE DATABASE {AdministrationDatabase} TEMPLATE template0", $"REVOKE ALL ON DATABASE {AdministrationDatabase} FROM PUBLIC"];

    // Single-user mode reads one statement per line.
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html
    private static readonly string[] Statements =
    [
        "CREATE ROLE rds_superuser NOLOGIN",
        "CREATE ROLE rds_replication NOLOGIN",
        "CREATE ROLE rds_password NOLOGIN",
        "CREATE ROLE rds_iam NOLOGIN",
        "CREATE ROLE rds_ad NOLOGIN",
        $"CREATE ROLE {Replicator} NOINHERIT NOLOGIN REPLICATION",
        .. AdministrationDatabaseStatements,
        "GRANT pg_monitor, pg_signal_backend, rds_replication, rds_password TO rds_superuser WITH ADMIN OPTION",
    ];

    // Before 15, rdsutils lets members set it.
    private const int SettingsAreGranted = 15;
    private const string GrantOfSetting = "GRANT SET ON PARAMETER session_replication_role TO rds_superuser WITH GRANT OPTION";

    // Before 16, rdsutils lets members create them.
    private const int SubscriptionsAreGranted = 16;
    private const string GrantOfSubscriptions = "GRANT pg_create_subscription TO rds_superuser WITH ADMIN OPTION";

    private const string Listing =
        "COPY (SELECT pg_catalog.row_to_json(s) FROM pg_catalog.pg_settings s) TO '{0}' WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER "
        + "E'\\x02')";

    /// <param name="directory">The directory of templates, created when missing. A template that an earlier process completed is
    /// reused.</param>
    /// <exception cref="PostgresServerException"><c>initdb</c> failed.</exception>
    public static async Task<ServerTemplate> PrepareAsync(PostgresInstallation installation, string directory)
    {
        var version = await installation.VersionAsync();
        var path = Path.Combine(directory, $"{version.Text}-{await MakingAsync(installation)}");
        var settings = Path.Combine(path, Settings);
        if (!File.Exists(settings))
        {
            foreach (var outdated in Directory.EnumerateDirectories(directory, $"{version.Text}-*"))
                Directory.Delete(outdated, recursive: true);
            await ServerFiles.FillAsync(path, unfinished => CreateAsync(installation, unfinished));
        }
        var (rows, libraries) = (await File.ReadAllLinesAsync(settings), OfferedExtensions.LibrariesOf(installation));
        ParameterCatalog Of(DatabaseEngine engine) =>
            ParameterCatalog.Read(rows, OfferedExtensions.Of(installation, engine, version.Major), libraries);
        return new ServerTemplate(
            installation,
            Path.Combine(path, "data"),
            Of(DatabaseEngine.AuroraPostgres),
            Of(DatabaseEngine.Postgres).ForPostgres()
        );
    }

    public ParameterCatalog Catalog(string engine) => engine == DatabaseEngine.Postgres.Name ? Postgres : Aurora;

    /// <summary>
    /// Returns a hash of everything that determines a template besides PostgreSQL itself, so that one made differently is not reused.
    /// </summary>
    private static async Task<string> MakingAsync(PostgresInstallation installation)
    {
        using var making = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        making.AppendData(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    [installation.BinDirectory, .. Initialization, .. Statements, GrantOfSetting, GrantOfSubscriptions, Listing]
                )
            )
        );
        making.AppendData(Encoding.UTF8.GetBytes(string.Join(',', OfferedExtensions.LibrariesOf(installation))));
        foreach (var library in installation.OwnLibraries) // their parameters are among the settings
            making.AppendData(await File.ReadAllBytesAsync(installation.Library(library)));
        return Convert.ToHexStringLower(making.GetHashAndReset().AsSpan(0, 8));
    }

    private static async Task CreateAsync(PostgresInstallation installation, string unfinished)
    {
        Directory.CreateDirectory(unfinished, Passable);
        if (installation.User is { } user)
            _ = LibC.ChangeOwner(unfinished, user.UserId, user.GroupId);
        var data = Path.Combine(unfinished, "data");
        await installation.RunAsync("initdb", ["--pgdata", data, .. Initialization], unfinished);
        var major = (await installation.VersionAsync()).Major;
        IEnumerable<string> granted =
        [
            .. Statements,
            .. major >= SettingsAreGranted ? [GrantOfSetting] : (string[])[],
            .. major >= SubscriptionsAreGranted ? [GrantOfSubscriptions] : (string[])[],
        ];
        await RunAsync(installation, unfinished, string.Join('\n', granted), installation.OwnLibraries);
        var listing = Listing.Replace(
            "{0}",
            Path.Combine(unfinished, Settings).Replace("'", "''", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        try
        {
            // Parameter groups also contain the settings of libraries that can be preloaded.
            await RunAsync(
                installation,
                unfinished,
                listing,
                [.. installation.OwnLibraries, .. OfferedExtensions.LibrariesOf(installation)]
            );
        }
        catch (PostgresServerException)
        {
            await RunAsync(installation, unfinished, listing, installation.OwnLibraries); // one of them is broken
        }
        if (!File.Exists(Path.Combine(unfinished, Settings)))
            throw new PostgresServerException("The template of a database server could not be made: its settings are missing.");
    }

    /// <summary>Runs statements in single-user mode, one per line.</summary>
    private static async Task RunAsync(
        PostgresInstallation installation,
        string unfinished,
        string script,
        IReadOnlyList<string> libraries
    ) =>
        await installation.RunAsync(
            "postgres",
            [
                "--single",
                "-D",
                Path.Combine(unfinished, "data"),
                "-c",
                "exit_on_error=on",
                "-c",
                "log_min_messages=warning",
                "-c",
                $"shared_preload_libraries={string.Join(',', libraries)}",
                "postgres",
            ],
            unfinished,
            Encoding.UTF8.GetBytes(script + "\n")
        );
}
