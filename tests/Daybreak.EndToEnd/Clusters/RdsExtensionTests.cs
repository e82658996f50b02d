using System.Globalization;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>A member of rds_superuser can create the extensions that RDS offers and the machine has, and no others; statements of a script stay inside
/// the database.</summary>
public sealed class RdsExtensionTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private static readonly string[] OnlyOfPostgres = ["old_snapshot", "pageinspect", "pg_walinspect"];

    private const string NotSupported =
        "ERROR:  Extension \"{0}\" is not supported by Amazon RDS\n"
        + "DETAIL:  Installing the extension \"{0}\" failed, because it is not on the list of extensions supported by Amazon RDS.\n"
        + "HINT:  Amazon RDS allows users with rds_superuser role to install supported extensions. See: SHOW rds.extensions;\n";

    [Fact]
    public async Task Every_extension_on_the_list_is_created_used_and_dropped_by_the_master_and_no_other_is()
    {
        var writer = await stage.CreateClusterAsync("offers");

        var listed = (await ClusterStage.PsqlAsync(writer, "SHOW rds.extensions;")).Trim().Split(", ");
        Assert.Superset(
            new HashSet<string>([
                "dblink",
                "postgres_fdw",
                "pg_stat_statements",
                "earthdistance",
                "amcheck",
                "pg_buffercache",
                "pgstattuple",
                "bloom",
                "aws_lambda",
            ]),
            new HashSet<string>(listed)
        );
        Assert.Empty(listed.Intersect(["adminpack", "file_fdw", "pg_surgery", "xml2", "pglogical", .. OnlyOfPostgres]));
        foreach (var extension in listed.Where(name => name is not ("pgaudit" or "pg_cron"))) // those have to be preloaded
            Assert.Equal(
                "",
                (
                    await ClusterStage.PsqlAsync(
                        writer,
                        $"SET client_min_messages = warning;\nCREATE EXTENSION IF NOT EXISTS \"{extension}\" CASCADE;"
                    )
                )
            );
        foreach (var extension in (string[])["adminpack", "file_fdw", "pg_surgery", "xml2", .. OnlyOfPostgres])
            Assert.Equal(
                string.Format(CultureInfo.InvariantCulture, NotSupported, extension),
                await ClusterStage.PsqlAsync(writer, $"CREATE EXTENSION {extension};")
            );
        Assert.Equal("off\noff\n", await ClusterStage.PsqlAsync(writer, "SHOW rds.force_ssl; SHOW rds.logical_replication;"));
        Assert.Equal(
            "ERROR:  parameter \"rds.extensions\" cannot be changed now\n",
            await ClusterStage.PsqlAsync(writer, "SET rds.extensions = 'file_fdw';")
        );

        // Members get the privileges that scripts revoke, with grant option; nobody gets dblink_connect_u, which needs no password.
        Assert.Equal(
            "t|t|f\n",
            await ClusterStage.PsqlAsync(
                writer,
                """
                CREATE TABLE checked AS SELECT 1 AS id; CREATE INDEX first ON checked (id); SELECT bt_index_check('first') \g /dev/null
                CREATE ROLE monitor; GRANT EXECUTE ON FUNCTION bt_index_check(regclass) TO monitor;
                SELECT has_function_privilege('monitor', 'bt_index_check(regclass)', 'EXECUTE'), has_function_privilege('pgstatindex(text)', 'EXECUTE'), has_function_privilege('dblink_connect_u(text)', 'EXECUTE');
                """
            )
        );
        Assert.Equal(
            "ERROR:  password_required=false is superuser-only\nHINT:  User mappings with the password_required option set to false "
                + "may only be created or modified by the superuser.\n",
            await ClusterStage.PsqlAsync(
                writer,
                """
                CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw; CREATE USER MAPPING FOR postgres SERVER other OPTIONS (password_required 'false');
                """
            )
        );
        Assert.Contains(
            "password is required",
            await ClusterStage.PsqlAsync(writer, "SELECT dblink_connect('dbname=postgres');"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                "SET client_min_messages = warning; DROP EXTENSION dblink; DROP EXTENSION amcheck; DROP EXTENSION cube CASCADE;"
            )
        );
    }

    [Fact]
    public async Task An_instance_of_RDS_for_PostgreSQL_offers_more_than_Aurora()
    {
        await stage.TypeAsync(
            $"aws rds create-db-instance --db-instance-identifier alone --engine postgres --db-instance-class db.t3.micro --allocated-storage 20 --master-username postgres --master-user-password {ClusterStage.Password}"
        );
        await ClusterStage.AvailableAsync(stage.Endpoint, "alone");
        var host = await LocalApi.AskRdsAsync(stage.Endpoint, "Action=DescribeDBInstances&DBInstanceIdentifier=alone", "Address");

        var listed = (await ClusterStage.PsqlAsync(host, "SHOW rds.extensions;")).Trim().Split(", ");
        foreach (
            var extension in OnlyOfPostgres.Where(name =>
                File.Exists(Path.Combine(ClusterStage.Installation.ExtensionDirectory, $"{name}.control"))
            )
        )
        {
            Assert.Contains(extension, listed);
            Assert.Equal("", await ClusterStage.PsqlAsync(host, $"CREATE EXTENSION {extension};"));
        }
        Assert.Equal(
            "t\n",
            await ClusterStage.PsqlAsync(
                host,
                """
                SELECT pg_current_wal_flush_lsn() AS before \gset
                CREATE TABLE walked AS SELECT 1;
                SELECT count(*) > 0 FROM pg_get_wal_records_info(:'before', pg_current_wal_flush_lsn());
                """
            )
        );
    }

    [Fact]
    public async Task Who_is_no_member_creates_only_what_PostgreSQL_trusts()
    {
        var writer = await stage.CreateClusterAsync("ordinary");
        await ClusterStage.PsqlAsync(
            writer,
            $"CREATE ROLE app LOGIN PASSWORD '{ClusterStage.Password}'; GRANT CREATE ON DATABASE postgres TO app; GRANT CREATE ON "
                + "SCHEMA public TO app;"
        );

        Assert.Equal(
            "ERROR:  permission denied to create extension \"dblink\"\nHINT:  Must be a member of rds_superuser to create this "
                + "extension.\n",
            await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION dblink;", "app")
        );
        Assert.Equal("", await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION hstore;", "app"));
        Assert.StartsWith(
            string.Format(CultureInfo.InvariantCulture, NotSupported, "file_fdw"),
            await ClusterStage.PsqlAsync(writer, "DO $$BEGIN EXECUTE 'CREATE EXTENSION file_fdw'; END$$;", "app"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Libraries_of_RDS_are_preloaded_with_their_settings_from_parameter_groups()
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
            aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name watched --db-parameter-group-family {family} --description d
            aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name watched --parameters "ParameterName=shared_preload_libraries,ParameterValue='auto_explain,pg_stat_statements',ApplyMethod=pending-reboot" "ParameterName=auto_explain.log_min_duration,ParameterValue=250,ApplyMethod=pending-reboot" "ParameterName=pg_stat_statements.track,ParameterValue=all,ApplyMethod=pending-reboot"
            """
        );
        var writer = await stage.CreateClusterAsync("watched", "--db-cluster-parameter-group-name watched");

        Assert.Equal(
            "250ms\nall\nt\nt\n",
            await ClusterStage.PsqlAsync(
                writer,
                """
                SHOW auto_explain.log_min_duration; SHOW pg_stat_statements.track; CREATE EXTENSION pg_stat_statements;
                SELECT count(*) > 0 FROM pg_stat_statements; SELECT pg_stat_statements_reset() IS NOT NULL;
                """
            )
        );
    }

    [Fact]
    public async Task Session_replication_role_is_set_by_members_of_rds_superuser_only()
    {
        var writer = await stage.CreateClusterAsync("quiet");
        await ClusterStage.PsqlAsync(writer, $"CREATE ROLE app LOGIN PASSWORD '{ClusterStage.Password}';");

        Assert.Equal(
            "replica\nlocal\norigin\n",
            await ClusterStage.PsqlAsync(
                writer,
                """
                SET session_replication_role = replica; SHOW session_replication_role;
                BEGIN; SET LOCAL session_replication_role TO local; SHOW session_replication_role; COMMIT;
                RESET session_replication_role; SHOW session_replication_role;
                """
            )
        );
        Assert.Equal(
            "ERROR:  permission denied to set parameter \"session_replication_role\"\n",
            await ClusterStage.PsqlAsync(writer, "SET session_replication_role = replica;", "app")
        );
    }

    /// <summary>
    /// Scripts look names up in the user's schema too, so that they may run a user's objects. The worst such script is a function of
    /// rdsadmin that runs any statement.
    /// </summary>
    [Fact]
    public async Task What_a_user_smuggles_into_a_script_leaves_the_server_alone()
    {
        var writer = await stage.CreateClusterAsync("smuggler");
        var socket = (await ClusterStage.PsqlAsync(writer, "SHOW unix_socket_directories;")).Trim();
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                socket,
                "CREATE FUNCTION public.script(text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN EXECUTE $1; END'; "
                    + "CREATE ROLE app;",
                "rdsadmin"
            )
        );

        Assert.Equal("\n", await ClusterStage.PsqlAsync(writer, "SELECT script('CREATE TABLE made ()');"));
        foreach (var (statement, refused) in Smuggled)
        {
            Assert.StartsWith(
                $"ERROR:  permission denied to {refused}\n",
                await ClusterStage.PsqlAsync(writer, $"SELECT script($s${statement}$s$);"),
                StringComparison.Ordinal
            );
        }
        Assert.Equal(
            "0\n",
            await ClusterStage.PsqlAsync(writer, "SELECT count(*) FROM pg_roles WHERE rolsuper AND rolname <> 'rdsadmin';")
        );

        // Objects that a script created do not run them for their caller afterwards either.
        Assert.Equal(
            "\nERROR:  permission denied to change roles\nDETAIL:  The rights of rdsadmin within scripts of extensions do not reach "
                + "that far.\n",
            await ClusterStage.PsqlAsync(
                writer,
                "SELECT script('CREATE VIEW roles AS SELECT * FROM pg_authid; GRANT ALL ON roles TO postgres');\nUPDATE roles SET "
                    + "rolsuper = true;"
            )
        );
        Assert.StartsWith(
            "ERROR:  Extension \"file_fdw\" is not supported by Amazon RDS\n",
            await ClusterStage.PsqlAsync(writer, "SELECT script('CREATE EXTENSION file_fdw');"),
            StringComparison.Ordinal
        );
    }

    /// <summary>However a script comes to call it: as an operator, a trigger or a check of a domain just as by its name.</summary>
    [Fact]
    public async Task No_function_of_a_users_runs_as_a_superuser()
    {
        var writer = await stage.CreateClusterAsync("caller");
        var socket = (await ClusterStage.PsqlAsync(writer, "SHOW unix_socket_directories;")).Trim();
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                socket,
                "CREATE FUNCTION public.script(text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN EXECUTE $1; END';",
                "rdsadmin"
            )
        );
        Assert.Equal(
            "1\n",
            await ClusterStage.PsqlAsync(
                writer,
                """
                CREATE FUNCTION plain(int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
                CREATE FUNCTION configured(int) RETURNS int LANGUAGE plpgsql SET work_mem = '1MB' AS 'BEGIN RETURN $1; END';
                CREATE FUNCTION inlined(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
                CREATE FUNCTION defined() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user::text';
                CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
                CREATE TABLE filled (i int); CREATE TRIGGER fires BEFORE INSERT ON filled FOR EACH ROW EXECUTE FUNCTION fired();
                CREATE OPERATOR |=| (FUNCTION = plain, RIGHTARG = int);
                CREATE DOMAIN checked AS int CHECK (plain(VALUE) > 0);
                CREATE VIEW shown AS SELECT plain(1);
                SELECT plain(1);
                """
            )
        );

        foreach (
            var (statement, function) in ((string, string)[])
                [
                    ("SELECT plain(1)", "plain"),
                    ("SELECT configured(1)", "configured"),
                    ("SELECT inlined(1)", "inlined"),
                    ("INSERT INTO filled VALUES (1)", "fired"),
                    ("SELECT |=| 1", "plain"),
                    ("SELECT 1::checked", "plain"),
                    ("SELECT * FROM shown", "plain"),
                    ("CREATE TABLE made AS SELECT plain(1)", "plain"),
                    ("CREATE TABLE indexed AS SELECT 1 AS i; ALTER TABLE indexed ADD CHECK (plain(i) = 1)", "plain"),
                ]
        )
        {
            Assert.StartsWith(
                $"ERROR:  permission denied to run function \"{function}\" as a superuser\nDETAIL:  Its owner is no superuser.\n",
                await ClusterStage.PsqlAsync(writer, $"SELECT script('{statement}');"),
                StringComparison.Ordinal
            );
        }
        Assert.Equal("\n", await ClusterStage.PsqlAsync(writer, "SELECT script('SELECT defined()');")); // it runs as its owner
    }

    /// <summary>The worker of pg_cron is a superuser and works in a database of the user's, with that database's search_path.</summary>
    [Fact]
    public async Task The_worker_of_pg_cron_runs_no_operator_of_a_users()
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
            "aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name timed --db-parameter-group-family "
                + $"{family} --description d"
        );
        var writer = await stage.CreateClusterAsync("timed");
        Assert.SkipUnless(
            (await ClusterStage.PsqlAsync(writer, "SHOW rds.extensions;")).Contains("pg_cron", StringComparison.Ordinal),
            "PostgreSQL has no pg_cron here."
        );
        await stage.TypeAsync(
            """
            aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name timed --parameters "ParameterName=shared_preload_libraries,ParameterValue=pg_cron,ApplyMethod=pending-reboot"
            aws rds modify-db-cluster --db-cluster-identifier timed --db-cluster-parameter-group-name timed --apply-immediately
            aws rds reboot-db-instance --db-instance-identifier timed-1
            """
        );
        await ClusterStage.AvailableAsync(stage.Endpoint, "timed-1");
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                """
                CREATE EXTENSION pg_cron;
                CREATE SCHEMA evil;
                CREATE FUNCTION evil.equals(a text, b text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN EXECUTE 'ALTER ROLE postgres SUPERUSER'; RETURN true; END$$;
                CREATE OPERATOR evil.= (FUNCTION = evil.equals, LEFTARG = text, RIGHTARG = text);
                INSERT INTO cron.job_run_details (jobid, runid, username, status) VALUES (1, 1, 'postgres', 'running');
                ALTER DATABASE postgres SET search_path = evil, pg_catalog;
                """
            )
        );

        await stage.TypeAsync("aws rds reboot-db-instance --db-instance-identifier timed-1");
        await ClusterStage.AvailableAsync(stage.Endpoint, "timed-1");
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await LogAsync()).Contains("permission denied to run function \"equals\" as a superuser", StringComparison.Ordinal))
        {
            Assert.Equal(
                "f\n",
                await ClusterStage.PsqlAsync(writer, "SELECT rolsuper FROM pg_roles WHERE rolname OPERATOR(pg_catalog.=) 'postgres';")
            );
            await Task.Delay(100, ended.Token);
        }

        Task<string> LogAsync() =>
            AwsCli.RunAsync(
                stage.Endpoint,
                "rds",
                "download-db-log-file-portion",
                "--db-instance-identifier",
                "timed-1",
                "--log-file-name",
                "error/postgresql.log",
                "--output",
                "text"
            );
    }

    private static readonly (string Statement, string Refused)[] Smuggled =
    [
        ("ALTER ROLE app SUPERUSER", "change roles"),
        ("CREATE ROLE other SUPERUSER", "change roles"),
        ("GRANT pg_execute_server_program TO app", "change roles"),
        ("UPDATE pg_authid SET rolsuper = true", "change roles"),
        ("INSERT INTO pg_auth_members SELECT * FROM pg_auth_members", "change roles"),
        ("ALTER SYSTEM SET archive_command = 'id'", "change settings of the server"),
        ("LOAD 'auto_explain'", "load a library"),
        ("SELECT pg_read_file('PG_VERSION')", "touch files of the server"),
        ("SELECT pg_ls_dir('.')", "touch files of the server"),
        ("SELECT lo_import('PG_VERSION')", "touch files of the server"),
        ("COPY pg_class TO '/tmp/daybreak-stolen'", "COPY to or from a file"),
        ("COPY (SELECT 1) TO PROGRAM 'id'", "COPY to or from an external program"),
        ("INSERT INTO pg_proc SELECT * FROM pg_proc", "change catalogs"),
        ("UPDATE pg_language SET lanpltrusted = true", "change catalogs"),
        ("UPDATE pg_depend SET deptype = deptype", "change catalogs"),
        (
            "CREATE FUNCTION made(text) RETURNS text LANGUAGE internal AS 'pg_read_file_all'",
            "give another name to a function that is not for everybody"
        ),
        (
            "CREATE FUNCTION made(text, text, boolean) RETURNS bigint LANGUAGE c AS '$libdir/adminpack', 'pg_file_write_v1_1'",
            "load a library"
        ),
        ("CREATE FUNCTION made() RETURNS void LANGUAGE c AS '/lib/evil.so', 'evil'", "load a library"),
        ("CREATE LANGUAGE made HANDLER plpgsql_call_handler", "create an untrusted language"),
        ("GRANT EXECUTE ON FUNCTION pg_read_file(text) TO app", "grant what is the server's"),
        ("GRANT SELECT ON pg_authid TO app", "grant what is the server's"),
        ("GRANT CREATE ON SCHEMA pg_catalog TO app", "grant what is the server's"),
        ("GRANT USAGE ON LANGUAGE c TO app", "grant what is the server's"),
        ("GRANT ALL ON DATABASE rdsadmin TO app", "grant what is the server's"),
        ("ALTER FUNCTION pg_read_file(text) OWNER TO app", "change an owner"),
        ("ALTER DATABASE rdsadmin OWNER TO app", "change an owner"),
        ("ALTER DATABASE rdsadmin RENAME TO other", "rename databases and roles"),
        ("ALTER DATABASE rdsadmin SET search_path = public", "change databases"),
        ("CREATE TABLESPACE made LOCATION '/tmp'", "change tablespaces"),
        ("CREATE SUBSCRIPTION made CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false)", "subscribe"),
    ];
}
