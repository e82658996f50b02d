using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>Members of rds_replication replicate logically, as DMS and Debezium do. Physical replication, which reads every file, is for
/// nobody but the cluster itself.</summary>
public sealed class LogicalReplicationTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Refused =
        "ERROR:  permission denied for physical replication\nDETAIL:  Members of rds_replication replicate logically.\n";
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

        // The functions of SQL, and what is left: no attribute, no slot of its.
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
    public async Task Another_server_subscribes_to_a_publication_of_all_tables()
    {
        var writer = await CreateReplicatedAsync("published");
        var subscriber = await stage.CreateClusterAsync("subscribes");
        var socket = (await ClusterStage.PsqlAsync(subscriber, "SHOW unix_socket_directories;")).Trim();
        Assert.Equal(
            "postgres\n",
            await ClusterStage.PsqlAsync(
                writer,
                "GRANT SELECT ON orders TO dms; INSERT INTO orders VALUES (1); CREATE PUBLICATION everything FOR ALL TABLES; SELECT "
                    + "pubowner::regrole FROM pg_publication;"
            )
        );

        await ClusterStage.PsqlAsync(subscriber, "CREATE TABLE orders (id int PRIMARY KEY);");
        await ClusterStage.PsqlAsync(
            socket,
            $"CREATE SUBSCRIPTION s CONNECTION 'host={writer} dbname=postgres user=dms password={ClusterStage.Password}' "
                + "PUBLICATION everything;",
            "rdsadmin"
        );
        await ClusterStage.PsqlUntilAsync(subscriber, "SELECT id FROM orders;", rows => rows == "1\n");
        await ClusterStage.PsqlAsync(writer, "INSERT INTO orders VALUES (2);");
        await ClusterStage.PsqlUntilAsync(subscriber, "SELECT id FROM orders ORDER BY id;", rows => rows == "1\n2\n");
        await ClusterStage.PsqlAsync(socket, "DROP SUBSCRIPTION s;", "rdsadmin");
        Assert.Equal(
            "0\n",
            await ClusterStage.PsqlAsync(writer, "SELECT count(*) FROM pg_replication_slots; DROP PUBLICATION everything;")
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

            // After an error, and after SQL that copies out, the next command is looked at as the first.
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
