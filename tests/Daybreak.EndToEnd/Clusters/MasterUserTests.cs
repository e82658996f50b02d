using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>What the master user, who may create roles and databases, does not get: the operating system, and a superuser's
/// rights.</summary>
public sealed class MasterUserTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Files = "pg_execute_server_program, pg_read_server_files, pg_write_server_files";

    /// <summary>For a database whose sessions have 1 ms: <c>SET statement_timeout</c> would itself need longer on a busy machine.</summary>
    private const string NoTimeout = "-c statement_timeout=0";

    [Fact]
    public async Task Roles_that_reach_the_operating_system_are_granted_in_no_way()
    {
        var writer = await stage.CreateClusterAsync("grants");

        foreach (var role in Files.Split(", ").Append("rdsadmin"))
        {
            foreach (
                var statement in (string[])
                    [
                        $"GRANT {role} TO postgres;",
                        $"GRANT {role} TO postgres WITH ADMIN OPTION;",
                        $"CREATE ROLE thief IN ROLE {role};",
                        $"CREATE USER thief IN GROUP {role};",
                        $"DO $$BEGIN EXECUTE 'GRANT {role} TO postgres'; END$$;",
                        $"GRANT pg_monitor, {role} TO postgres;",
                    ]
            )
                Assert.Contains(
                    "ERROR:  permission denied to grant role",
                    await ClusterStage.PsqlAsync(writer, statement),
                    StringComparison.Ordinal
                );
            Assert.StartsWith(
                "ERROR:  ",
                await ClusterStage.PsqlAsync(writer, $"ALTER GROUP {role} ADD USER postgres;"),
                StringComparison.Ordinal
            );
        }
        Assert.Equal(
            "ERROR:  permission denied to grant role \"pg_execute_server_program\"\n"
                + "DETAIL:  Only roles with the ADMIN option on role \"pg_execute_server_program\" may grant this role.\n",
            await ClusterStage.PsqlAsync(writer, "GRANT pg_execute_server_program TO postgres;")
        );
        Assert.Equal(
            "0\n",
            await ClusterStage.PsqlAsync(
                writer,
                $"SELECT count(*) FROM pg_auth_members WHERE roleid::regrole::text = ANY (string_to_array('{Files}, rdsadmin', ', '));"
            )
        );

        // The everyday work of a master user still succeeds.
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                "CREATE ROLE app LOGIN; CREATE ROLE readers; GRANT readers TO app; GRANT rds_superuser, rds_replication, pg_monitor "
                    + "TO app; ALTER GROUP readers ADD USER postgres;\n"
                    + "ALTER ROLE app SET work_mem = '8MB'; ALTER ROLE app RENAME TO app1; REVOKE rds_superuser FROM app1; DROP ROLE app1;"
            )
        );
    }

    [Fact]
    public async Task Roles_of_RDS_stay_as_they_are_and_only_members_grant_rds_superuser()
    {
        var writer = await stage.CreateClusterAsync("reserved");
        await ClusterStage.PsqlAsync(writer, "CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'correct-horse_battery';");

        foreach (
            var role in (string[])["rdsadmin", "rdsrepladmin", "rds_superuser", "rds_replication", "rds_password", "rds_iam", "rds_ad"]
        )
        {
            foreach (
                var statement in (string[])
                    [
                        $"ALTER ROLE {role} LOGIN PASSWORD 'x';",
                        $"ALTER ROLE {role} SET search_path = evil;",
                        $"ALTER ROLE {role} IN DATABASE postgres SET search_path = evil;",
                        $"ALTER ROLE {role} RENAME TO other;",
                        $"DROP ROLE {role};",
                        $"DROP ROLE IF EXISTS nobody, {role};",
                    ]
            )
                Assert.StartsWith(
                    "ERROR:  ",
                    (await ClusterStage.PsqlAsync(writer, statement)).Replace(
                        "NOTICE:  role \"nobody\" does not exist, skipping\n",
                        "",
                        StringComparison.Ordinal
                    ),
                    StringComparison.Ordinal
                );
        }
        Assert.Equal(
            "ERROR:  permission denied to alter role\nDETAIL:  The role \"rds_superuser\" is reserved.\n",
            await ClusterStage.PsqlAsync(writer, "SET ROLE rds_superuser; RESET ROLE; ALTER ROLE rds_superuser LOGIN;")
        );
        foreach (var role in (string[])["rds_superuser", "rds_replication", "rds_password"])
            Assert.StartsWith(
                $"ERROR:  permission denied to grant role \"{role}\"\n",
                await ClusterStage.PsqlAsync(writer, $"GRANT {role} TO maker;", "maker"),
                StringComparison.Ordinal
            );
        Assert.StartsWith(
            "ERROR:  ",
            await ClusterStage.PsqlAsync(writer, "ALTER ROLE ALL SET search_path = evil;"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_that_the_master_user_owns_decides_what_administration_does()
    {
        var writer = await stage.CreateClusterAsync("administered");
        await ClusterStage.PsqlAsync(
            writer,
            """
            CREATE SCHEMA evil;
            CREATE FUNCTION evil.equals(a name, b text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN
              EXECUTE 'ALTER ROLE postgres SUPERUSER'; RETURN true; EXCEPTION WHEN insufficient_privilege THEN RETURN a::text OPERATOR(pg_catalog.=) b; END$$;
            CREATE OPERATOR evil.= (FUNCTION = evil.equals, LEFTARG = name, RIGHTARG = text);
            ALTER DATABASE postgres SET search_path = evil, pg_catalog;
            ALTER DATABASE postgres SET statement_timeout = 1;
            ALTER DATABASE postgres SET default_transaction_read_only = on;
            """
        );
        await RebootAsync("administered");
        Assert.Equal(
            "f\n",
            await ClusterStage.PsqlAsync(
                writer,
                "SELECT rolsuper FROM pg_roles WHERE rolname OPERATOR(pg_catalog.=) 'postgres';",
                options: NoTimeout
            )
        );

        // Explanations do not run a user's function either; a setting that changes the session's role does not affect rdsadmin.
        await ClusterStage.PsqlAsync(
            writer,
            """
            SET default_transaction_read_only = off;
            SET search_path = public;
            CREATE EXTENSION aws_lambda CASCADE; CREATE EXTENSION daybreak;
            CREATE OR REPLACE FUNCTION evil.equals(a name, b text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN
              BEGIN SET ROLE none; ALTER ROLE postgres SUPERUSER; EXCEPTION WHEN insufficient_privilege THEN NULL; END; RETURN a::text OPERATOR(pg_catalog.=) b; END$$;
            ALTER DATABASE postgres SET role = postgres;
            ALTER DATABASE postgres RESET statement_timeout;
            ALTER DATABASE postgres RESET default_transaction_read_only;
            """,
            options: NoTimeout
        );
        Assert.Contains(
            "extension|ok|",
            await ClusterStage.PsqlAsync(writer, "SELECT * FROM daybreak.explain_invoke('nothing');"),
            StringComparison.Ordinal
        );
        var socket = (await ClusterStage.PsqlAsync(writer, "SHOW unix_socket_directories;")).Trim();
        Assert.Equal(
            "postgres\nERROR:  permission denied to run function \"equals\" as a superuser\nDETAIL:  Its owner is no superuser.\n",
            await ClusterStage.PsqlAsync(socket, "SELECT current_user;\nSELECT 'x'::name = 'x'::text;", "rdsadmin")
        );
        Assert.Equal(
            "f\n",
            await ClusterStage.PsqlAsync(writer, "SELECT rolsuper FROM pg_roles WHERE rolname OPERATOR(pg_catalog.=) 'postgres';")
        );

        // Without the database postgres, the cluster is administered as before.
        await ClusterStage.PsqlAsync(writer, "CREATE DATABASE shop;");
        await ClusterStage.PsqlAsync(writer, "DROP DATABASE postgres;", database: "shop");
        await RebootAsync("administered");
        await ChangePasswordAsync("administered", writer, "shop");
    }

    /// <summary>Settings of a parameter group are the server's own, for every database.</summary>
    [Fact]
    public async Task No_parameter_group_decides_what_administration_does()
    {
        var family = (
            await AwsCli.RunAsync(
                stage.Endpoint,
                "rds",
                "describe-db-engine-versions",
                "--engine",
                "aurora-postgresql",
                "--default-only",
                "--query",
                "DBEngineVersions[0].DBParameterGroupFamily",
                "--output",
                "text"
            )
        ).Trim();
        await stage.TypeAsync(
            $"""
            aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name narrow --db-parameter-group-family {family} --description d
            aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name narrow --parameters ParameterName=default_transaction_read_only,ParameterValue=1,ApplyMethod=pending-reboot
            """
        );
        var writer = await stage.CreateClusterAsync("narrowed", "--db-cluster-parameter-group-name narrow");

        Assert.Equal("on\n", await ClusterStage.PsqlAsync(writer, "SHOW default_transaction_read_only;"));
        await ChangePasswordAsync("narrowed", writer, "postgres");
    }

    [Fact]
    public async Task The_database_of_administration_is_nobody_elses()
    {
        var writer = await stage.CreateClusterAsync("own");

        foreach (var user in (string[])["postgres", "rdsadmin", "nobody"])
        {
            Assert.Matches(
                "^psql: error: connection to server at \".*\", port 5432 failed: FATAL:  pg_hba.conf rejects connection for host "
                    + $"\".*\", user \"{user}\", database \"rdsadmin\", SSL encryption\n",
                (await ClusterStage.RunAsync("psql", ["-X"], writer, user, ClusterStage.Password, "rdsadmin")).Output
            );
        }
        foreach (
            var (statement, error) in ((string, string)[])
                [
                    ("DROP DATABASE rdsadmin;", "must be owner of database rdsadmin"),
                    ("ALTER DATABASE rdsadmin SET search_path = evil;", "must be owner of database rdsadmin"),
                    ("ALTER DATABASE rdsadmin OWNER TO postgres;", "must be owner of database rdsadmin"),
                    ("ALTER DATABASE rdsadmin RENAME TO other;", "must be owner of database rdsadmin"),
                    ("CREATE DATABASE copy TEMPLATE rdsadmin;", "permission denied to copy database \"rdsadmin\""),
                    ("GRANT CONNECT ON DATABASE rdsadmin TO PUBLIC;", "permission denied for database rdsadmin"),
                ]
        )
            Assert.Equal($"ERROR:  {error}\n", await ClusterStage.PsqlAsync(writer, statement));
        Assert.Equal(
            "rdsadmin|rdsadmin=CTc/rdsadmin\n",
            await ClusterStage.PsqlAsync(
                writer,
                "SELECT pg_get_userbyid(datdba), array_to_string(datacl, ',') FROM pg_database WHERE datname = 'rdsadmin';"
            )
        );
    }

    /// <summary>Changes the master user's password, and waits until it is good.</summary>
    private async Task ChangePasswordAsync(string cluster, string writer, string database)
    {
        await stage.TypeAsync(
            $"aws rds modify-db-cluster --db-cluster-identifier {cluster} --master-user-password another-password --apply-immediately"
        );
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            (
                await ClusterStage.RunAsync("psql", ["-X", "-A", "-t", "-c", "SELECT 1"], writer, "postgres", "another-password", database)
            ).Output != "1\n"
        )
        {
            Assert.False(ended.IsCancellationRequested, "the new password is not good");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task RebootAsync(string cluster)
    {
        await stage.TypeAsync($"aws rds reboot-db-instance --db-instance-identifier {cluster}-1");
        await ClusterStage.AvailableAsync(stage.Endpoint, $"{cluster}-1");
    }
}
