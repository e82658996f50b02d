using Daybreak.Cloud.Postgres;
using Npgsql;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// A superuser connection over the Unix socket. Its own settings override those of parameter groups, databases and roles: names have
/// PostgreSQL's meaning, statements end, run as nobody else, and are visible to nobody, because some contain password verifiers.
/// </summary>
internal static class AdministrationConnection
{
    // A client's settings take precedence over postgresql.conf, ALTER DATABASE and ALTER ROLE.
    private static readonly string[] Settings =
    [
        "search_path=pg_catalog",
        "statement_timeout=0",
        "lock_timeout=0",
        "idle_in_transaction_session_timeout=0",
        "default_transaction_read_only=off",
        "default_transaction_isolation=read\\ committed",
        "standard_conforming_strings=on",
        "session_replication_role=origin",
        "row_security=on",
        "role=none",
        // The text of statements appears neither in the log nor in a view.
        "log_min_error_statement=panic",
        "log_statement=none",
        "log_min_duration_statement=-1",
        "log_min_duration_sample=-1",
        "log_transaction_sample_rate=0",
        "debug_print_parse=off",
        "debug_print_rewritten=off",
        "debug_print_plan=off",
        "track_activities=off",
        "auto_explain.log_min_duration=-1",
        "pgaudit.log=none",
        "pg_stat_statements.track=none",
    ];

    // Settings that earlier majors do not have.
    private static readonly (int Major, string Setting)[] LaterSettings = [(14, "idle_session_timeout=0"), (17, "transaction_timeout=0")];

    /// <exception cref="PostgresServerException">The socket belongs to another server.</exception>
    public static Task<NpgsqlConnection> OpenAsync(PostgresServer server, string database) =>
        OpenAsync(server.Options.SocketDirectory, server.Options.Port, server.Options.DataDirectory, server.Options.Major, database);

    /// <param name="dataDirectory">The intended server's data directory.</param>
    /// <param name="major">The major of its PostgreSQL.</param>
    /// <param name="patience">In seconds; null: Npgsql's own.</param>
    /// <exception cref="PostgresServerException">The socket belongs to another server.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(
        string socketDirectory,
        int port,
        string dataDirectory,
        int major,
        string database,
        int? patience = null
    )
    {
        var how = new NpgsqlConnectionStringBuilder
        {
            Host = socketDirectory,
            Port = port,
            Username = ServerTemplate.Superuser,
            Database = database,
            Options = Options(major),
            Pooling = false,
            SslMode = SslMode.Disable,
        };
        if (patience is { } seconds)
            (how.Timeout, how.CommandTimeout) = (seconds, seconds);
        var connection = new NpgsqlConnection(how.ToString());
        try
        {
            await connection.OpenAsync();
            // A compromised server can write into its sockets' directory, where a link could lead us to another cluster's server.
            await using var whose = new NpgsqlCommand("SHOW data_directory", connection);
            if (await whose.ExecuteScalarAsync() is not string answer || answer != dataDirectory)
                throw new PostgresServerException($"The socket in {socketDirectory} leads to another server than that of {dataDirectory}.");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string Options(int major) =>
        string.Join(
            ' ',
            Settings
                .Concat(LaterSettings.Where(later => later.Major <= major).Select(later => later.Setting))
                .Select(setting => "-c " + setting)
        );
}
