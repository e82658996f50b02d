using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Npgsql;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>SQL that we run on a server as its superuser, over the Unix socket.</summary>
internal static class ServerAdministration
{
    private static readonly TimeSpan CatchUpLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CatchUpWait = TimeSpan.FromSeconds(15);

    /// <summary>Creates the master user and the cluster's database if missing, and objects that earlier versions did not create.</summary>
    public static async Task EnsureMasterAsync(PostgresServer server, Cluster cluster)
    {
        await using var connection = await ConnectOrUpgradeAsync(server);
        await ServerRoles.EnsureAsync(connection, server, cluster.ServerMajor);
        if (!await IsThereAsync(connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", cluster.MasterUsername))
        {
            var admin = cluster.ServerMajor >= 16 ? "WITH ADMIN OPTION" : "";
            await RunAsync(
                connection,
                $"BEGIN; CREATE ROLE {Name(cluster.MasterUsername)} LOGIN NOSUPERUSER INHERIT CREATEDB CREATEROLE PASSWORD "
                    + $"{Literal(cluster.PasswordVerifier)} "
                    + $"VALID UNTIL 'infinity'; GRANT rds_superuser TO {Name(cluster.MasterUsername)} {admin}; "
                    + $"ALTER DATABASE postgres OWNER TO {Name(cluster.MasterUsername)}; COMMIT"
            );
        }
        if (
            cluster.DatabaseName is { } database
            && !await IsThereAsync(connection, "SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1", database)
        )
            await RunAsync(connection, $"CREATE DATABASE {Name(database)} OWNER {Name(cluster.MasterUsername)}");
    }

    public static async Task SetPasswordAsync(PostgresServer server, Cluster cluster)
    {
        await using var connection = await ConnectAsync(server);
        await RunAsync(connection, $"ALTER ROLE {Name(cluster.MasterUsername)} PASSWORD {Literal(cluster.PasswordVerifier)}");
    }

    /// <summary>
    /// Waits until the reader follows the writer and has everything committed so far. From then on a clean shutdown of the writer loses
    /// nothing.
    /// </summary>
    /// <exception cref="PostgresServerException">It does not follow.</exception>
    public static async Task CatchUpAsync(PostgresServer writer, PostgresServer reader)
    {
        await using var there = await ConnectAsync(writer);
        await using var position = new NpgsqlCommand("SELECT pg_catalog.pg_current_wal_flush_lsn()::text", there);
        var committed = (string)(await position.ExecuteScalarAsync())!;
        await using var here = await ConnectAsync(reader);
        await using var arrived = new NpgsqlCommand(
            "SELECT pg_catalog.pg_last_wal_receive_lsn() >= $1::pg_lsn AND EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver "
                + "WHERE status = 'streaming')",
            here
        )
        {
            Parameters = { new() { Value = committed } },
        };
        for (var looked = 0; await arrived.ExecuteScalarAsync() is not true; looked++)
        {
            if (looked * CatchUpLook > CatchUpWait)
                throw new PostgresServerException("The reader does not follow the writer.");
            await Task.Delay(CatchUpLook);
        }
    }

    /// <exception cref="PostgresServerException">It did not become a primary in time.</exception>
    public static async Task PromoteAsync(PostgresServer server)
    {
        await using var connection = await ConnectAsync(server);
        await using var command = new NpgsqlCommand("SELECT pg_catalog.pg_promote(true, 60)", connection);
        if (await command.ExecuteScalarAsync() is not true)
            throw new PostgresServerException("The reader was not promoted within 60 s.");
    }

    private static Task<NpgsqlConnection> ConnectAsync(PostgresServer server) =>
        AdministrationConnection.OpenAsync(server, ServerTemplate.AdministrationDatabase);

    /// <summary>A server of an earlier version has no database for administration yet.</summary>
    private static async Task<NpgsqlConnection> ConnectOrUpgradeAsync(PostgresServer server)
    {
        try
        {
            return await ConnectAsync(server);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var template = await AdministrationConnection.OpenAsync(server, "template1");
            foreach (var statement in ServerTemplate.AdministrationDatabaseStatements)
                await RunAsync(template, statement);
            return await ConnectAsync(server);
        }
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string query, string name)
    {
        await using var command = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync() is not null;
    }

    // For statements without parameters: names and literals are quoted here, and contain neither backslash nor NUL.
    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
