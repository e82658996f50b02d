using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Tests.Rds.Running;

/// <summary>Who is told that something is available finds it so.</summary>
[Trait("Pace", "slow")]
public sealed class AvailabilityTests
{
    [Fact]
    public async Task After_a_start_on_kept_state_nothing_is_available_before_it_answers()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-available-").FullName;
        try
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
            await using (var first = await StartAsync(directory))
            {
                var made = await ClusterPrograms.RunAsync(
                    first.Endpoint,
                    """
                    cluster('kept')
                    instance('kept', 'kept-1')
                    instance('kept', 'kept-2')
                    rds.create_db_instance(DBInstanceIdentifier='alone', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD)
                    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='alone', WaiterConfig=FAST)
                    """
                );
                Assert.Empty(made);
            }
            // The orderly end leaves the same state behind as kill -9. Until it has been asked, no server starts.
            var gate = Path.Combine(directory, "gate");
            await using var second = await CloudHost.StartAsync(
                new CloudOptions
                {
                    Port = 0,
                    StateDirectory = directory,
                    Postgres = [Behind(gate, PostgresInstallation.OfSystem()[0])],
                },
                cancellation: TestContext.Current.CancellationToken
            );
            var lines = await ClusterPrograms.RunAsync(
                second.Endpoint,
                $"""
                gate = '{gate}'

                """
                    + """
                    print(sorted(i['DBInstanceStatus'] for i in rds.describe_db_instances()['DBInstances']), describe('kept')['Status'])
                    open(gate + '/open', 'w').close()
                    waiting = {'alone', 'kept-1', 'kept-2'}
                    while waiting:
                        for i in rds.describe_db_instances()['DBInstances']:
                            name, status = i['DBInstanceIdentifier'], i['DBInstanceStatus']
                            assert status in ('starting', 'available'), status
                            if status == 'available' and name in waiting:
                                waiting.remove(name)
                                print(name, psql(i['Endpoint']['Address'], 'SELECT 1'))
                    while describe('kept')['Status'] != 'available':
                        pass
                    print(psql(describe('kept')['Endpoint'], 'SELECT pg_is_in_recovery()'), psql(describe('kept')['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'))
                    """
            );

            Assert.Equal("['starting', 'starting', 'starting'] starting", lines[0]);
            Assert.Equal(["alone 1", "kept-1 1", "kept-2 1"], lines[1..^1].Order());
            Assert.Equal("f t", lines[^1]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task An_instance_whose_server_died_is_not_available_while_its_cluster_does_something_else()
    {
        await using var host = await StartAsync(null);
        var lines = await ClusterPrograms.RunAsync(
            host.Endpoint,
            """
            import signal
            cluster('busy')
            for name in ('busy-1', 'busy-2'):
                instance('busy', name)
            status = lambda name: rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'][0]['DBInstanceStatus']
            address = rds.describe_db_instances(DBInstanceIdentifier='busy-2')['DBInstances'][0]['Endpoint']['Address']
            for process in filter(str.isdigit, os.listdir('/proc')):
                try:
                    command = open(f'/proc/{process}/cmdline').read().split('\0')
                    if len(command) > 2 and command[1] == '-D' and address in open(command[2] + '/../postgresql.conf').read().split('port =')[0]:
                        postmaster = int(process)
                except OSError:
                    pass # it has just ended
            # The copies of the writer's data for these take a while; what died waits for its turn to come back.
            for name in ('busy-3', 'busy-4', 'busy-5'):
                rds.create_db_instance(DBInstanceIdentifier=name, DBClusterIdentifier='busy', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large')
            os.kill(postmaster, signal.SIGKILL)
            while psql(address, 'SELECT 1') == '1':
                pass
            print(status('busy-2'), status('busy-5'))
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='busy-2', WaiterConfig=FAST)
            print(psql(address, 'SELECT 1'))
            """
        );

        Assert.Equal(["rebooting creating", "1"], lines);
    }

    [Fact]
    public async Task During_a_failover_members_that_restart_are_not_available()
    {
        await using var host = await StartAsync(null);
        var lines = await ClusterPrograms.RunAsync(
            host.Endpoint,
            """
            cluster('over')
            for name in ('over-1', 'over-2'):
                instance('over', name)
            rds.failover_db_cluster(DBClusterIdentifier='over')
            untrue, seen = [], set()
            while True:
                whole = describe('over')['Status'] == 'available'
                members = rds.describe_db_instances()['DBInstances']
                for i in members:
                    seen.add(i['DBInstanceStatus'])
                    if i['DBInstanceStatus'] == 'available' and psql(i['Endpoint']['Address'], 'SELECT 1') != '1':
                        # It may have gone down since it was asked: then it is not available now, or answers again.
                        now = rds.describe_db_instances(DBInstanceIdentifier=i['DBInstanceIdentifier'])['DBInstances'][0]
                        if now['DBInstanceStatus'] == 'available' and psql(i['Endpoint']['Address'], 'SELECT 1') != '1':
                            untrue.append(i['DBInstanceIdentifier'])
                if whole:
                    print(psql(describe('over')['Endpoint'], 'SELECT pg_is_in_recovery()'), psql(describe('over')['ReaderEndpoint'], 'SELECT 1'))
                    if all(i['DBInstanceStatus'] == 'available' for i in members):
                        break
            print(untrue, sorted(seen))
            """
        );

        Assert.Equal("[] ['available', 'rebooting']", lines[^1]);
        Assert.All(lines[..^1], line => Assert.Equal("f 1", line));
    }

    /// <summary>The same PostgreSQL, whose servers start when there is a file <c>open</c> in <paramref name="directory"/>.</summary>
    private static PostgresInstallation Behind(string directory, PostgresInstallation installation)
    {
        var (real, version) = (installation.BinDirectory, Path.GetFileName(Path.GetDirectoryName(installation.BinDirectory))!);
        var bin = Directory.CreateDirectory(Path.Combine(directory, "lib/postgresql", version, "bin")).FullName;
        foreach (var program in Directory.EnumerateFiles(real).Where(program => Path.GetFileName(program) != "postgres"))
            File.CreateSymbolicLink(Path.Combine(bin, Path.GetFileName(program)), program);
        var server = Path.Combine(bin, "postgres");
        File.WriteAllText(
            server,
            $"#!/bin/sh\ncase $* in *config_file=*) while [ ! -e '{directory}/open' ]; do sleep 0.05; done ;; esac\nexec {real}/postgres \"$@\"\n"
        );
        File.SetUnixFileMode(server, (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Path.Combine(bin, "../lib"), installation.LibraryDirectory);
        Directory.CreateDirectory(Path.Combine(directory, "share/postgresql"));
        File.CreateSymbolicLink(
            Path.Combine(directory, "share/postgresql", version),
            Path.GetDirectoryName(installation.ExtensionDirectory)!
        );
        return installation with { BinDirectory = bin };
    }

    private static Task<CloudHost> StartAsync(string? directory) =>
        CloudHost.StartAsync(
            new CloudOptions { Port = 0, StateDirectory = directory },
            cancellation: TestContext.Current.CancellationToken
        );
}
