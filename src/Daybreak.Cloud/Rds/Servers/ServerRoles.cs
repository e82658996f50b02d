using Daybreak.Cloud.Postgres;
using Npgsql;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>Roles that every server has; servers of earlier versions may lack some.</summary>
internal static class ServerRoles
{
    private const int GrantsNeedAdminOption = 16;
    private const string Ours = $"'{ServerTemplate.Superuser}', '{ServerTemplate.Replicator}'";
    private const string OperatingSystem = "'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'";

    /// <param name="connection">A superuser's connection.</param>
    public static async Task EnsureAsync(NpgsqlConnection connection, PostgresServer server, int major)
    {
        // Before 16, a role with CREATEROLE can grant every role but superusers. Without our library (when PostgreSQL's headers were
        // missing), the roles with access to the operating system are therefore superusers themselves, and nobody can log in as them.
        // Members that an earlier version permitted are removed; roles that it made superusers, or gave superuser attributes, lose these.
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

        // Not in the block, because an error there would show the statement as its context.
        await using var login = new NpgsqlCommand(
            $"ALTER ROLE {ServerTemplate.Replicator} {(verifier is null ? "NOLOGIN" : $"LOGIN PASSWORD '{verifier}'")}",
            connection
        );
        await login.ExecuteNonQueryAsync();
    }
}
