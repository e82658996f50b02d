using Daybreak.Cloud.Postgres;
using Npgsql;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// A connection as the superuser, over the Unix socket. Its settings are its own: whatever parameter groups, databases and roles set, names
/// mean what PostgreSQL made, and statements end.
/// </summary>
internal static class AdministrationConnection
{
    // What a client asks for goes over postgresql.conf, ALTER DATABASE and ALTER ROLE.
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
    ];

    private static readonly string Options = string.Join(' ', Settings.Select(setting => "-c " + setting));

    public static async Task<NpgsqlConnection> OpenAsync(PostgresServer server, string database)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder
            {
                Host = server.Options.SocketDirectory,
                Port = server.Options.Port,
                Username = server.Options.Superuser,
                Database = database,
                Options = Options,
                Pooling = false,
                SslMode = SslMode.Disable,
            }.ToString()
        );
        await connection.OpenAsync();
        return connection;
    }
}
