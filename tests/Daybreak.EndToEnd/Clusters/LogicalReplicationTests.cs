using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>Members of rds_replication replicate logically, as DMS and Debezium do. Physical replication, which reads every file, is for
/// nobody but the cluster itself.</summary>
public sealed class LogicalReplicationTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Refused =
        "ERROR:  permission denied for physical replication\nDETAIL:  Members of rds_replication replicate logically.\n";
    private const string NoSubscriptions =
        "^ERROR:  (must be superuser to create subscriptions|permission denied to create subscription)\n";
    private const string Left =
        "DO $$BEGIN PERFORM * FROM pg_logical_slot_get_changes('left', NULL, NULL, 'no', 'option'); EXCEPTION WHEN OTHERS THEN NULL; END$$;";
    private const string Walsender = "dbname=postgres replication=database";

    [Fact]
    public async Task A_member_of_rds_replication_streams_changes_without_the_attribute()
    {
        var writer = await CreateReplicatedAsync("streams");

        Assert.Matches("^[0-9]+\\|1\\|[0-9A-F]+/[0-9A-F]+\\|postgres\n$", await ReplicateAsync(writer, "dms", "IDENTIFY_SYSTEM"));
        Assert.Matches(
            "^debezium\\|[0-9A-F/]+\\|.*\\|pgoutput\n$",
            await ReplicateAsync(writer, "dms", "CREATE_REPLICATION_SLOT debezium LOGICAL pgoutput")
        );
        Assert.Equal("", (await RecvLogicalAsync(writer, "--create-slot", "--plugin", "test_decoding")).Output);
        await ClusterStage.PsqlAsync(writer, "INSERT INTO orders VALUES (1);");
        var end = (await ClusterStage.PsqlAsync(writer, "SELECT pg_current_wal_lsn();")).Trim();
        Assert.Contains(
            "table public.orders: INSERT: id[integer]:1\n",
            (await RecvLogicalAsync(writer, "--start", "--endpos", end, "--file", "-", "--no-loop")).Output,
            StringComparison.Ordinal
        );

        // The SQL functions; afterwards the role has neither the attribute nor a slot.
        Assert.Equal(
            "table public.orders: INSERT: id[integer]:2\n\n\n",
            await ClusterStage.PsqlAsync(
                writer,
                """
                SELECT FROM pg_create_logical_replication_slot('polled', 'test_decoding');
                INSERT INTO orders VALUES (2);
                SELECT data FROM pg_logical_slot_get_changes('polled', NULL, NULL) WHERE data LIKE 'table%';
                SELECT pg_drop_replication_slot('polled'); SELECT pg_drop_replication_slot('streamed');
                """,
                "dms"
            )
        );
        Assert.Equal("", await ReplicateAsync(writer, "dms", "DROP_REPLICATION_SLOT debezium"));
        Assert.Equal(
            "0\nrdsadmin\nrdsrepladmin\n",
            await ClusterStage.PsqlAsync(
                writer,
                "ALTER ROLE CURRENT_USER RESET ALL; SELECT count(*) FROM pg_replication_slots; SELECT rolname FROM pg_roles WHERE "
                    + "rolreplication ORDER BY 1;"
            )
        );

        Task<Program.Finished> RecvLogicalAsync(string host, params string[] arguments) =>
            ClusterStage.RunAsync(
                "pg_recvlogical",
                ["--dbname", "postgres", "--slot", "streamed", .. arguments],
                host,
                "dms",
                ClusterStage.Password,
                "postgres"
            );
    }

    [Fact]
    public async Task Another_cluster_subscribes_to_a_publication_of_all_tables()
    {
        var writer = await CreateReplicatedAsync("published");
        var subscriber = await stage.CreateClusterAsync("subscribes");
        var connection = $"host={writer} dbname=postgres user=dms password={ClusterStage.Password}";
        Assert.Equal(
            "postgres\n",
            await ClusterStage.PsqlAsync(
                writer,
                "GRANT SELECT ON orders TO dms; INSERT INTO orders VALUES (1); CREATE PUBLICATION everything FOR ALL TABLES; SELECT "
                    + "pubowner::regrole FROM pg_publication;"
            )
        );
        await ClusterStage.PsqlAsync(subscriber, $"CREATE ROLE app LOGIN PASSWORD '{ClusterStage.Password}';");
        Assert.Matches(
            NoSubscriptions,
            await ClusterStage.PsqlAsync(subscriber, $"CREATE SUBSCRIPTION s CONNECTION '{connection}' PUBLICATION everything;", "app")
        );

        // A trigger with ENABLE ALWAYS shows which role applies the rows, and tries to gain privileges.
        await ClusterStage.PsqlAsync(
            subscriber,
            """
            CREATE TABLE orders (id int PRIMARY KEY); CREATE TABLE seen (who text, super text, refusal text);
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN ALTER ROLE postgres SUPERUSER; RETURN new;
                EXCEPTION WHEN OTHERS THEN INSERT INTO public.seen VALUES (current_user, pg_catalog.current_setting('is_superuser'), SQLERRM); RETURN new; END $$;
            CREATE TRIGGER sees AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION see(); ALTER TABLE orders ENABLE ALWAYS TRIGGER sees;
            """
        );
        Assert.Equal(
            "NOTICE:  created replication slot \"s\" on publisher\npostgres|t\n",
            await ClusterStage.PsqlAsync(
                subscriber,
                $"CREATE SUBSCRIPTION s CONNECTION '{connection}' PUBLICATION everything; SELECT subowner::regrole, subenabled FROM pg_subscription;"
            )
        );
        await ClusterStage.PsqlUntilAsync(subscriber, "SELECT id FROM orders;", rows => rows == "1\n");
        await ClusterStage.PsqlAsync(writer, "INSERT INTO orders VALUES (2);");
        await ClusterStage.PsqlUntilAsync(subscriber, "SELECT id FROM orders ORDER BY id;", rows => rows == "1\n2\n");
        Assert.Matches(
            "^postgres\\|off\\|(must be superuser|permission denied) to alter .*\n$",
            await ClusterStage.PsqlAsync(subscriber, "SELECT DISTINCT * FROM seen;")
        );

        // The owner disables the subscription, changes its connection, enables and drops it; the publisher's slot is dropped too.
        Assert.Equal(
            "f\n",
            await ClusterStage.PsqlAsync(subscriber, "ALTER SUBSCRIPTION s DISABLE; SELECT subenabled FROM pg_subscription;")
        );
        await ClusterStage.PsqlAsync(writer, "INSERT INTO orders VALUES (3);");
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                subscriber,
                $"ALTER SUBSCRIPTION s CONNECTION 'postgresql://dms:{ClusterStage.Password}@{writer}/postgres?connect_timeout=10'; ALTER SUBSCRIPTION s ENABLE;"
            )
        );
        await ClusterStage.PsqlUntilAsync(subscriber, "SELECT id FROM orders ORDER BY id;", rows => rows == "1\n2\n3\n");
        Assert.Equal("", await ClusterStage.PsqlAsync(subscriber, "ALTER SUBSCRIPTION s REFRESH PUBLICATION;"));
        Assert.Equal(
            "NOTICE:  dropped replication slot \"s\" on publisher\n",
            await ClusterStage.PsqlAsync(subscriber, "DROP SUBSCRIPTION s;")
        );
        Assert.Equal(
            "0\n",
            await ClusterStage.PsqlAsync(writer, "SELECT count(*) FROM pg_replication_slots; DROP PUBLICATION everything;")
        );
    }

    /// <summary>The server makes the connection: by its own name over a socket, with keys and passwords of its own, if it were let.</summary>
    [Fact]
    public async Task The_connection_of_a_subscription_uses_nothing_of_the_servers()
    {
        var writer = await stage.CreateClusterAsync("connects");
        var socket = (await ClusterStage.PsqlAsync(writer, "SHOW unix_socket_directories;")).Trim();
        var remote = $"host={writer} dbname=postgres user=postgres password={ClusterStage.Password}";
        const string NoHost =
            "ERROR:  host is required\nDETAIL:  Non-superusers must provide a host in the connection string, and not a socket of the server.\n";
        const string NoPassword =
            "ERROR:  password is required\nDETAIL:  Non-superusers must provide a password in the connection string.\n";
        await ClusterStage.PsqlAsync(writer, $"CREATE SUBSCRIPTION s CONNECTION '{remote}' PUBLICATION p WITH (connect = false);");

        foreach (
            var (connection, refused) in ((string, string)[])
                [
                    ("user=rdsadmin dbname=rdsadmin password=x", NoHost),
                    ($"host={socket} user=rdsadmin password=x", NoHost),
                    ($"host={writer},{socket} password=x", NoHost),
                    ($"host={writer}, password=x", NoHost),
                    ("host=@abstract password=x", NoHost),
                    ("hostaddr=127.0.0.1, password=x", NoHost),
                    ("host='' password=x", NoHost),
                    ($"postgresql://rdsadmin:x@{socket.Replace("/", "%2F", StringComparison.Ordinal)}/rdsadmin", NoHost),
                    ("postgresql:///rdsadmin?password=x", NoHost),
                    ($"postgresql://rdsadmin:x@/rdsadmin?host={socket}", NoHost),
                    ($"host={writer} user=postgres", NoPassword),
                    ($"host={writer} user=postgres password=''", NoPassword),
                    ($"postgresql://postgres@{writer}/postgres", NoPassword),
                    (remote + " passfile=/etc/passwd", Option("passfile")),
                    (remote + " service=any", Option("service")),
                    (remote + " sslkey=/etc/passwd", Option("sslkey")),
                    (remote + " sslcert=/etc/passwd", Option("sslcert")),
                    (remote + " sslrootcert=/etc/passwd", Option("sslrootcert")),
                    (remote + " sslcrl=/etc/passwd", Option("sslcrl")),
                    (remote + " krbsrvname=any", Option("krbsrvname")),
                    (remote + " requirepeer=any", Option("requirepeer")),
                    ($"postgresql://postgres:x@{writer}/postgres?passfile=/etc/passwd", Option("passfile")),
                ]
        )
        {
            var quoted = connection.Replace("'", "''", StringComparison.Ordinal);
            Assert.Equal(
                refused,
                await ClusterStage.PsqlAsync(
                    writer,
                    $"CREATE SUBSCRIPTION other CONNECTION '{quoted}' PUBLICATION p WITH (connect = false);"
                )
            );
            Assert.Equal(refused, await ClusterStage.PsqlAsync(writer, $"ALTER SUBSCRIPTION s CONNECTION '{quoted}';"));
        }
        Assert.StartsWith(
            "ERROR:  invalid connection string syntax: ",
            await ClusterStage.PsqlAsync(writer, "ALTER SUBSCRIPTION s CONNECTION 'host';"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                $"ALTER SUBSCRIPTION s CONNECTION '{remote} sslmode=require connect_timeout=10 keepalives=1'; ALTER SUBSCRIPTION s SET (slot_name = NONE); DROP SUBSCRIPTION s;"
            )
        );

        static string Option(string name) =>
            $"ERROR:  permission denied to use connection option \"{name}\"\nDETAIL:  Non-superusers must not let the server use its own files.\n";
    }

    /// <summary>Which tables are published a publisher says itself, and it may be the attacker's.</summary>
    [Fact]
    public async Task A_publisher_writes_only_what_the_owner_of_the_subscription_may_write()
    {
        var writer = await CreateReplicatedAsync("lies");
        var subscriber = await stage.CreateClusterAsync("believes");
        var create =
            $"CREATE SUBSCRIPTION s CONNECTION 'host={writer} dbname=postgres user=dms password={ClusterStage.Password}' PUBLICATION everything;";
        await ClusterStage.PsqlAsync(
            writer,
            "GRANT SELECT ON orders TO dms; INSERT INTO orders VALUES (1); CREATE PUBLICATION everything FOR ALL TABLES;"
        );

        // A table of another user.
        await ClusterStage.PsqlAsync(
            subscriber,
            $"CREATE ROLE app LOGIN PASSWORD '{ClusterStage.Password}'; GRANT CREATE ON SCHEMA public TO app;"
        );
        await ClusterStage.PsqlAsync(subscriber, "CREATE TABLE orders (id int PRIMARY KEY);", "app");
        Assert.StartsWith(
            "ERROR:  permission denied for table orders\n",
            await ClusterStage.PsqlAsync(subscriber, "INSERT INTO orders VALUES (1);"),
            StringComparison.Ordinal
        );
        Assert.Equal("NOTICE:  created replication slot \"s\" on publisher\n", await ClusterStage.PsqlAsync(subscriber, create));
        await ClusterStage.PsqlUntilAsync(
            subscriber,
            "SELECT sync_error_count > 0 FROM pg_stat_subscription_stats;",
            rows => rows == "t\n"
        );
        Assert.Contains("permission denied for table orders", await LogAsync(), StringComparison.Ordinal);
        await ClusterStage.PsqlAsync(subscriber, "GRANT INSERT ON orders TO postgres;", "app");
        await ClusterStage.PsqlUntilAsync(subscriber, "SELECT srsubstate FROM pg_subscription_rel;", states => states == "r\n");
        Assert.Equal("1\n", await ClusterStage.PsqlAsync(subscriber, "SELECT id FROM orders;", "app"));
        await ClusterStage.PsqlAsync(subscriber, "DROP SUBSCRIPTION s;");

        // A system catalog.
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                (await ClusterStage.PsqlAsync(writer, "SHOW unix_socket_directories;")).Trim(),
                """
                SET allow_system_table_mods = on;
                CREATE OR REPLACE VIEW pg_catalog.pg_publication_tables AS
                    SELECT pubname, 'pg_catalog'::name AS schemaname, 'pg_authid'::name AS tablename, NULL::name[] AS attnames, NULL::text AS rowfilter FROM pg_publication;
                """,
                "rdsadmin"
            )
        );
        Assert.StartsWith(
            "ERROR:  cannot use relation \"pg_catalog.pg_authid\" as logical replication target\n",
            await ClusterStage.PsqlAsync(subscriber, create),
            StringComparison.Ordinal
        );

        Task<string> LogAsync() =>
            AwsCli.RunAsync(
                stage.Endpoint,
                "rds",
                "download-db-log-file-portion",
                "--db-instance-identifier",
                "believes-1",
                "--log-file-name",
                "error/postgresql.log",
                "--output",
                "text"
            );
    }

    [Fact]
    public async Task Nobody_replicates_physically_and_without_the_grant_nobody_replicates()
    {
        var writer = await CreateReplicatedAsync("refuses");

        foreach (var user in (string[])["dms", "postgres"])
        {
            foreach (
                var command in (string[])
                    [
                        "BASE_BACKUP",
                        "START_REPLICATION 0/1000000",
                        "START_REPLICATION PHYSICAL 0/1000000 TIMELINE 1",
                        "CREATE_REPLICATION_SLOT kept PHYSICAL",
                        "CREATE_REPLICATION_SLOT kept PHYSICAL RESERVE_WAL",
                        "CREATE_REPLICATION_SLOT kept TEMPORARY PHYSICAL",
                        "SELECT pg_create_physical_replication_slot('kept')",
                    ]
            )
                Assert.EndsWith(Refused, await ReplicateAsync(writer, user, command), StringComparison.Ordinal);
            Assert.StartsWith(
                "ERROR:  library \"/tmp/own.so\" may not be used",
                await ReplicateAsync(writer, user, "CREATE_REPLICATION_SLOT kept LOGICAL \"/tmp/own.so\""),
                StringComparison.Ordinal
            );
            Assert.Contains("FATAL:  no pg_hba.conf entry for replication connection", await BackUpAsync(user), StringComparison.Ordinal);

            // After an error, and after a COPY TO STDOUT, the next command is checked like the first.
            Assert.EndsWith(
                Refused,
                await ClusterStage.PsqlAsync(
                    writer,
                    $"\\connect \"{Walsender}\"\nSELECT 1/0;\nBEGIN;\nDECLARE c CURSOR FOR SELECT 1;\nFETCH c;\nCOMMIT;\nCOPY "
                        + "(SELECT 1) TO STDOUT;\nBASE_BACKUP;",
                    user
                ),
                StringComparison.Ordinal
            );

            // A slot that an SQL error left in the session does not belong to the next command.
            foreach (var left in (string[])[Left, $"BEGIN;\n{Left}\nROLLBACK;"])
                Assert.EndsWith(
                    Refused,
                    await ClusterStage.PsqlAsync(
                        writer,
                        $"\\connect \"{Walsender}\"\nSELECT FROM pg_create_logical_replication_slot('left', 'test_decoding');\n{left}\nSTART_REPLICATION PHYSICAL 0/1000000;",
                        user
                    ),
                    StringComparison.Ordinal
                );
            await ClusterStage.PsqlAsync(writer, "SELECT pg_drop_replication_slot('left');");
        }
        Assert.Equal("0\n", await ClusterStage.PsqlAsync(writer, "SELECT count(*) FROM pg_replication_slots;"));

        await ClusterStage.PsqlAsync(writer, "REVOKE rds_replication FROM dms;");
        Assert.Matches(
            "FATAL:  (must be superuser or replication role to start walsender|permission denied to start WAL sender)\n",
            await ReplicateAsync(writer, "dms", "IDENTIFY_SYSTEM")
        );
        Assert.Matches(
            "^ERROR:  (must be superuser or replication role to use replication slots|permission denied to use replication slots)\n",
            await ClusterStage.PsqlAsync(writer, "SELECT pg_create_logical_replication_slot('kept', 'pgoutput');", "dms")
        );
        await ClusterStage.PsqlAsync(writer, "GRANT CREATE ON DATABASE postgres TO dms;");
        Assert.Equal(
            "ERROR:  must be superuser to create FOR ALL TABLES publication\n",
            await ClusterStage.PsqlAsync(writer, "CREATE PUBLICATION everything FOR ALL TABLES;", "dms")
        );

        async Task<string> BackUpAsync(string user) =>
            (
                await ClusterStage.RunAsync(
                    "pg_basebackup",
                    ["--pgdata", "/tmp/daybreak-stolen", "--dbname", Walsender],
                    writer,
                    user,
                    ClusterStage.Password,
                    "postgres"
                )
            ).Output;
    }

    private async Task<string> CreateReplicatedAsync(string name)
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
            aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name {name} --db-parameter-group-family {family} --description d
            aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name {name} --parameters ParameterName=rds.logical_replication,ParameterValue=1,ApplyMethod=pending-reboot
            """
        );
        var writer = await stage.CreateClusterAsync(name, $"--db-cluster-parameter-group-name {name}");
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                $"CREATE TABLE orders (id int PRIMARY KEY); CREATE ROLE dms LOGIN PASSWORD '{ClusterStage.Password}'; GRANT "
                    + "rds_replication TO dms; GRANT INSERT ON orders TO dms;"
            )
        );
        return writer;
    }

    private static async Task<string> ReplicateAsync(string writer, string user, string command) =>
        (
            await ClusterStage.RunAsync(
                "psql",
                ["-X", "-A", "-t", "-q", "-c", command, Walsender],
                writer,
                user,
                ClusterStage.Password,
                "postgres"
            )
        ).Output;
}
