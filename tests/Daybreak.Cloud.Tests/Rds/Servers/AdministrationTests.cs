using System.Collections.Concurrent;
using System.Globalization;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Rds.Servers;
using Npgsql;

namespace Daybreak.Cloud.Tests.Rds.Servers;

/// <summary>What parameter groups do to the statements by which servers are administered: nothing.</summary>
[Trait("Pace", "slow")]
public sealed class AdministrationTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-administration-").FullName;
    private readonly ConcurrentQueue<Exception> _failures = new();
    private CloudHost? _cloud;

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        _cloud = await CloudHost.StartAsync(
            new CloudOptions
            {
                Port = 0,
                StateDirectory = Path.Combine(_directory, "state"),
                Failed = _failures.Enqueue,
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task No_setting_of_a_parameter_group_keeps_a_changed_password_from_the_server()
    {
        var lines = await RunAsync(
            """
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='narrow', DBParameterGroupFamily=FAMILY, Description='d')
            cluster('narrowed', DBClusterParameterGroupName='narrow')
            host = instance('narrowed', 'narrowed-1')['Endpoint']['Address']
            print(psql(host, "CREATE SCHEMA evil; CREATE FUNCTION evil.equals(name, text) RETURNS boolean LANGUAGE sql AS 'SELECT false'; CREATE OPERATOR evil.= (FUNCTION = evil.equals, LEFTARG = name, RIGHTARG = text)"))
            FREE = ['statement_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout']
            def shown(sql, *but):
                return psql(host, sql, password=password, PGOPTIONS=' '.join(f'-c {name}=0' for name in FREE if name not in but))
            password = PASSWORD
            for name, value, shows in [('search_path', 'evil, pg_catalog', 'evil, pg_catalog'), ('default_transaction_read_only', '1', 'on'), ('session_replication_role', 'replica', 'replica'),
                    ('lock_timeout', '1', '1'), ('idle_in_transaction_session_timeout', '1', '1'), ('statement_timeout', '1', '1'), ('idle_session_timeout', '1', '1')]:
                rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName='narrow', Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'immediate'}])
                began = time.monotonic()
                while shown(f"SELECT reset_val FROM pg_settings WHERE name OPERATOR(pg_catalog.=) '{name}'", name) not in (shows, 'ERROR:  canceling statement due to statement timeout'):
                    assert time.monotonic() < began + 60, name
                password = 'password-with-' + name
                rds.modify_db_cluster(DBClusterIdentifier='narrowed', MasterUserPassword=password, ApplyImmediately=True)
                began = time.monotonic()
                while (answer := shown('SELECT 1')) != '1' and time.monotonic() < began + 30:
                    pass
                print(name, answer)
            """
        );

        Assert.Equal(
            [
                "search_path 1",
                "default_transaction_read_only 1",
                "session_replication_role 1",
                "lock_timeout 1",
                "idle_in_transaction_session_timeout 1",
                "statement_timeout 1",
                "idle_session_timeout 1",
            ],
            lines[3..]
        );
    }

    [Fact]
    public async Task What_servers_keep_of_passwords_is_in_no_log_whatever_is_logged_and_fails()
    {
        var lines = await RunAsync(
            """
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='loud', DBParameterGroupFamily=FAMILY, Description='d')
            rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName='loud', Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'pending-reboot'} for name, value in
                {'log_statement': 'all', 'log_min_duration_statement': '0', 'log_transaction_sample_rate': '1', 'debug_print_parse': '1', 'log_error_verbosity': 'verbose',
                 'shared_preload_libraries': 'pg_stat_statements', 'pg_stat_statements.track': 'all'}.items()])
            cluster('loud', DBClusterParameterGroupName='loud')
            host = instance('loud', 'loud-1')['Endpoint']['Address']
            rds.modify_db_cluster(DBClusterIdentifier='loud', MasterUserPassword='another-password', ApplyImmediately=True)
            began = time.monotonic()
            while (shown := psql(host, 'SELECT 1', password='another-password')) != '1' and time.monotonic() < began + 30:
                pass
            print(shown, psql(host, "SELECT 'said by a user' / 0", password='another-password').split('\n')[0])
            """
        );
        Assert.Equal(["1 ERROR:  invalid input syntax for type integer: \"said by a user\""], lines);

        // A failure of the same statement, whatever its reason, and of the whole.
        var (data, socket, port) = Running();
        await using (
            var connection = await AdministrationConnection.OpenAsync(socket, port, data, 15, ServerTemplate.AdministrationDatabase)
        )
        {
            await using var watched = new NpgsqlCommand(
                "CREATE EXTENSION pg_stat_statements SCHEMA public; SELECT count(*) FROM public.pg_stat_statements WHERE query LIKE '%ALTER ROLE%'",
                connection
            );
            Assert.Equal(0L, await watched.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            await using var failing = new NpgsqlCommand(
                "ALTER ROLE nobody_is_called_so LOGIN PASSWORD 'SCRAM-SHA-256$4096:a$b:c'",
                connection
            );
            await Assert.ThrowsAsync<PostgresException>(() => failing.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            await using var broken = new NpgsqlCommand("DROP EXTENSION plpgsql", connection);
            await broken.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await RunAsync(
            """
            rds.reboot_db_instance(DBInstanceIdentifier='loud-1')
            began = time.monotonic()
            while time.monotonic() < began + 30 and rds.describe_db_instances(DBInstanceIdentifier='loud-1')['DBInstances'][0]['DBInstanceStatus'] != 'failed':
                pass
            """
        );

        var log = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(data)!, "server.log"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("said by a user", log, StringComparison.Ordinal);
        Assert.Contains("nobody_is_called_so", log, StringComparison.Ordinal);
        Assert.Contains("plpgsql", log, StringComparison.Ordinal);
        Assert.DoesNotContain("SCRAM-SHA-256$", log, StringComparison.Ordinal);
        Assert.NotEmpty(_failures);
        Assert.DoesNotContain("SCRAM-SHA-256$", string.Join('\n', _failures), StringComparison.Ordinal);
    }

    /// <summary>The one server: its data directory, its socket's directory, its port.</summary>
    private (string Data, string Socket, int Port) Running()
    {
        var file = Directory.EnumerateFiles(_directory, "postmaster.pid", SearchOption.AllDirectories).Single();
        var lines = File.ReadAllLines(file);
        return (Path.GetDirectoryName(file)!, lines[4], int.Parse(lines[3], CultureInfo.InvariantCulture));
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(_cloud!.Endpoint, program);
}
