using System.Collections.Concurrent;
using System.Globalization;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Rds.Servers;
using Npgsql;

namespace Daybreak.Cloud.Tests.Rds.Servers;

/// <summary>Parameter groups do not affect the statements that administer servers.</summary>
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
        await RunAsync("rds/servers/no_setting_of_a_parameter_group_keeps_a_changed_password_from_the_server.py");
    }

    [Fact]
    public async Task What_servers_keep_of_passwords_is_in_no_log_whatever_is_logged_and_fails()
    {
        await RunAsync("rds/servers/what_servers_keep_of_passwords_is_in_no_log_whatever_is_logged_and_fails.py");

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
        await RunAsync("rds/servers/restart_without_what_administration_needs.py");

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

    private Task RunAsync(string program) => Boto.RunAsync(_cloud!.Endpoint, program);
}
