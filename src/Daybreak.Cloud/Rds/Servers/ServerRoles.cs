using Daybreak.Cloud.Postgres;
using Npgsql;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>Roles that every server has and that those of earlier versions of ours may lack.</summary>
internal static class ServerRoles
{
    private const int GrantsNeedAdminOption = 16;
    private const string Ours = $"'{ServerTemplate.Superuser}', '{ServerTemplate.Replicator}'";
    private const string OperatingSystem = "'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'";

    /// <param name="connection">The superuser's.</param>
    public static async Task EnsureAsync(NpgsqlConnection connection, PostgresServer server, int major)
    {
        // Before 16 a role with CREATEROLE grants every role but superusers. Without our library (a PostgreSQL without headers to build it
        // with) the roles that reach the operating system are therefore superusers themselves, as which nobody can log in. Whom an earlier
        // version of ours let become a member is one no longer; whom it let become superuser, or have what only one gives, loses it.
        var guarded = major < GrantsNeedAdminOption && !server.Installation.HasRules;
        var verifier = server.Options.ReplicationPasswordFile is { } file ? await ReplicationPassword.VerifierAsync(file) : null;
        await using var command = new NpgsqlCommand(
            $$"""
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) '{{ServerTemplate.Replicator}}') THEN
                    CREATE ROLE {{ServerTemplate.Replicator}} NOINHERIT NOLOGIN REPLICATION;
                END IF;
                DELETE FROM pg_catalog.pg_auth_members
                    WHERE roleid IN (SELECT oid FROM pg_catalog.pg_authid WHERE rolname IN ({{OperatingSystem}}));
                UPDATE pg_catalog.pg_authid SET rolsuper = {{guarded}} WHERE rolsuper IS DISTINCT FROM {{guarded}}
                    AND rolname IN ({{OperatingSystem}});
                DELETE FROM pg_catalog.pg_auth_members WHERE roleid IN (SELECT oid FROM pg_catalog.pg_authid WHERE rolname IN ({{Ours}}));
                UPDATE pg_catalog.pg_authid SET rolsuper = false, rolreplication = false, rolbypassrls = false
                    WHERE (rolsuper OR rolreplication OR rolbypassrls) AND rolname NOT IN ({{Ours}}, {{OperatingSystem}});
            END
            $$
            """,
            connection
        );
        await command.ExecuteNonQueryAsync();

        // Not in the block: an error there would show the statement as its context.
        await using var login = new NpgsqlCommand(
            $"ALTER ROLE {ServerTemplate.Replicator} {(verifier is null ? "NOLOGIN" : $"LOGIN PASSWORD '{verifier}'")}",
            connection
        );
        await login.ExecuteNonQueryAsync();
    }
}
