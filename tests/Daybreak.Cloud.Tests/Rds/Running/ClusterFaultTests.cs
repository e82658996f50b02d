using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Running;

/// <summary>Clusters when something goes wrong, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class ClusterFaultTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Faults = """
        import signal, threading

        def postmaster(instance):
            address = rds.describe_db_instances(DBInstanceIdentifier=instance)['DBInstances'][0]['Endpoint']['Address']
            for process in filter(str.isdigit, os.listdir('/proc')):
                try:
                    command = open(f'/proc/{process}/cmdline').read().split('\0')
                    if len(command) > 2 and command[1] == '-D' and address in open(command[2] + '/../postgresql.conf').read().split('port =')[0]:
                        return int(process)
                except OSError:
                    pass # it has just ended
            raise AssertionError(f'{instance} does not run')

        def until(what, seconds=60):
            began = time.monotonic()
            while not what():
                assert time.monotonic() < began + seconds

        def loads(host, count):
            'Sessions that insert numbers; each number that was committed is remembered.'
            committed, stop = [], threading.Event()
            def run(session):
                number = 0
                while not stop.is_set():
                    number += 1
                    row = session * 1000000 + number
                    if psql(host, f'INSERT INTO written VALUES ({row}) RETURNING n').split('\n')[0] == str(row):
                        committed.append(row)
            threads = [threading.Thread(target=run, args=(session,)) for session in range(count)]
            for thread in threads:
                thread.start()
            def end():
                stop.set()
                for thread in threads:
                    thread.join()
                return committed
            return committed, end

        def messages(kind, name, *categories):
            return [e['Message'] for e in rds.describe_events(SourceType=kind, SourceIdentifier=name, EventCategories=list(categories))['Events']]

        """;

    [Fact]
    public async Task A_reader_takes_over_from_a_killed_writer_and_no_commit_is_lost()
    {
        var lines = await RunAsync(
            """
            c = cluster('kill')
            for name in ('kill-1', 'kill-2'):
                instance('kill', name)
            psql(c['Endpoint'], 'CREATE TABLE written (n int)')
            committed, end = loads(c['Endpoint'], 4)
            until(lambda: len(committed) > 40)
            os.kill(postmaster('kill-1'), signal.SIGKILL)
            began = time.monotonic()
            before = len(committed)
            until(lambda: 'Completed failover to DB instance: kill-2' in messages('db-cluster', 'kill', 'failover'))
            sys.stderr.write(f'failover after kill -9 took {time.monotonic() - began:.2f} s\n')
            reached = len(committed)
            until(lambda: len(committed) > reached + 20)
            rows = end()
            kept = set(map(int, psql(c['Endpoint'], 'SELECT n FROM written').split()))
            print(len(set(rows) - kept), 'lost')
            for name in ('kill-1', 'kill-2'):
                rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
            print(sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('kill')['DBClusterMembers']), describe('kill')['Status'])
            until(lambda: any('complete' in message for message in messages('db-instance', 'kill-1', 'recovery')))
            print(messages('db-cluster', 'kill', 'failover'))
            # A reader that is killed comes back as one; the writer does not notice.
            os.kill(postmaster('kill-1'), signal.SIGKILL)
            until(lambda: sum('complete' in message for message in messages('db-instance', 'kill-1', 'recovery')) == 2)
            print(psql(c['Endpoint'], 'SELECT count(*) FROM written') == psql(c['ReaderEndpoint'], 'SELECT count(*) FROM written'), psql(c['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'))
            print(sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('kill')['DBClusterMembers']))
            delete('kill', 'kill-1', 'kill-2')
            """
        );

        Assert.Equal(
            [
                "0 lost",
                "[('kill-1', False), ('kill-2', True)] available",
                "['Started cross AZ failover to DB instance: kill-2', 'Completed failover to DB instance: kill-2']",
                "True t",
                "[('kill-1', False), ('kill-2', True)]",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_reader_takes_over_from_a_writer_whose_data_is_damaged()
    {
        var failures = new ConcurrentBag<Exception>();
        await using var host = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, Failed = failures.Add },
            cancellation: TestContext.Current.CancellationToken
        );
        var lines = await ClusterPrograms.RunAsync(
            host.Endpoint,
            Faults
                + """
                c = cluster('torn')
                for name in ('torn-1', 'torn-2'):
                    instance('torn', name)
                psql(c['Endpoint'], 'CREATE TABLE written AS SELECT 1 AS n')
                until(lambda: psql(c['ReaderEndpoint'], 'SELECT n FROM written') == '1')
                writer = postmaster('torn-1')
                data = open(f'/proc/{writer}/cmdline').read().split('\0')[2]
                os.remove(data + '/global/pg_control')
                os.kill(writer, signal.SIGKILL)
                until(lambda: psql(c['Endpoint'], 'INSERT INTO written VALUES (2) RETURNING n').startswith('2'))
                rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='torn-1', WaiterConfig=FAST)
                print(sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('torn')['DBClusterMembers']), describe('torn')['Status'])
                until(lambda: psql(c['ReaderEndpoint'], 'SELECT count(*), pg_is_in_recovery() FROM written') == '2|t')
                delete('torn', 'torn-2', 'torn-1')
                """
        );

        Assert.Equal(["[('torn-1', False), ('torn-2', True)] available"], lines);
        Assert.Contains("pg_control", Assert.Single(failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failover_loses_nothing_though_the_reader_had_just_lost_its_writer()
    {
        var lines = await RunAsync(
            """
            c = cluster('gap')
            for name in ('gap-1', 'gap-2'):
                instance('gap', name)
            psql(c['Endpoint'], 'CREATE TABLE written (n int)')
            rds.reboot_db_instance(DBInstanceIdentifier='gap-1')
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='gap-1', WaiterConfig=FAST)
            psql(c['Endpoint'], 'INSERT INTO written SELECT generate_series(1, 1000)')
            rds.failover_db_cluster(DBClusterIdentifier='gap')
            until(lambda: 'Completed failover to DB instance: gap-2' in messages('db-cluster', 'gap', 'failover'))
            print(psql(c['Endpoint'], 'SELECT count(*) FROM written'))
            delete('gap', 'gap-1', 'gap-2')
            """
        );

        Assert.Equal(["1000"], lines);
    }

    [Fact]
    public async Task Twenty_clusters_come_and_go_at_once_and_two_of_one_name_are_one()
    {
        var lines = await RunAsync(
            """
            from concurrent.futures import ThreadPoolExecutor
            pool = ThreadPoolExecutor(20)
            same = lambda _: refused('create_db_cluster', DBClusterIdentifier='same', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD)
            print(sorted(pool.map(same, range(10))))
            member = lambda _: refused('create_db_instance', DBInstanceIdentifier='same-1', DBClusterIdentifier='same', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large')
            print(sorted(pool.map(member, range(10))))
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='same-1', WaiterConfig=FAST)
            def make(number):
                cluster(f'many-{number}')
                instance(f'many-{number}', f'many-{number}-1')
                return psql(describe(f'many-{number}')['Endpoint'], f'CREATE TABLE t AS SELECT {number} AS n; SELECT n FROM t').split()[-1]
            print(list(map(int, pool.map(make, range(20)))) == list(range(20)))
            def end(number):
                held = subprocess.Popen(['psql', '-X', '-c', 'SELECT pg_sleep(100)'], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={
                    'PATH': os.environ['PATH'], 'PGHOST': describe(f'many-{number}')['Endpoint'], 'PGUSER': 'app_admin', 'PGPASSWORD': PASSWORD, 'PGDATABASE': 'postgres'})
                until(lambda: psql(describe(f'many-{number}')['Endpoint'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") == '1')
                delete(f'many-{number}', f'many-{number}-1')
                return held.communicate(timeout=30)[1].split('\n')[0]
            print(set(pool.map(end, range(20))))
            delete('same', 'same-1')
            """
        );

        Assert.Equal(
            [
                "['400 DBClusterAlreadyExistsFault: DB Cluster already exists'"
                    + string.Concat(Enumerable.Repeat(", '400 DBClusterAlreadyExistsFault: DB Cluster already exists'", 8))
                    + ", 'not refused']",
                "['400 DBInstanceAlreadyExists: DB instance already exists'"
                    + string.Concat(Enumerable.Repeat(", '400 DBInstanceAlreadyExists: DB instance already exists'", 8))
                    + ", 'not refused']",
                "True",
                "{'FATAL:  terminating connection due to administrator command'}",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_port_that_is_taken_on_all_addresses_is_refused_with_the_reason()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var lines = await RunAsync(
            $"""
            print(refused('create_db_cluster', DBClusterIdentifier='taken', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD, Port={port}))
            print(refused('describe_db_clusters', DBClusterIdentifier='taken'))
            """
        );

        Assert.Equal(
            [
                $"400 InvalidParameterValue: Port {port} is taken on every loopback address of this machine: a program listens on "
                    + "it for all addresses.",
                "404 DBClusterNotFoundFault: DBCluster taken not found.",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_full_disk_fails_the_cluster_and_the_next_one_comes_when_there_is_room()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-full-").FullName;
        var failures = new ConcurrentBag<Exception>();
        try
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
            if (!Environment.IsPrivilegedProcess || !await MountAsync("-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs", directory))
                Assert.Skip("needs a small file system, which only root can mount");
            await using (
                var host = await CloudHost.StartAsync(
                    new CloudOptions
                    {
                        Port = 0,
                        StateDirectory = directory,
                        Failed = failures.Add,
                    },
                    cancellation: TestContext.Current.CancellationToken
                )
            )
            {
                var lines = await ClusterPrograms.RunAsync(
                    host.Endpoint,
                    Faults
                        + """
                        make = lambda name: rds.create_db_cluster(DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD)
                        make('full')
                        until(lambda: describe('full')['Status'] == 'failed')
                        print('No space left on device' in messages('db-cluster', 'full', 'failure')[0])
                        print(refused('create_db_instance', DBInstanceIdentifier='full-1', DBClusterIdentifier='full', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large'))
                        rds.delete_db_cluster(DBClusterIdentifier='full', SkipFinalSnapshot=True)
                        rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='full', WaiterConfig=FAST)
                        """
                );
                Assert.Equal(
                    ["True", "400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: failed"],
                    lines
                );
                Assert.Contains("No space left on device", Assert.Single(failures).Message, StringComparison.Ordinal);

                Assert.True(await MountAsync("-o", "remount,size=200m", directory));
                lines = await ClusterPrograms.RunAsync(
                    host.Endpoint,
                    Faults
                        + """
                        c = cluster('room')
                        instance('room', 'room-1')
                        print(psql(c['Endpoint'], 'SELECT 1'))
                        delete('room', 'room-1')
                        """
                );
                Assert.Equal(["1"], lines);
            }
        }
        finally
        {
            if (Environment.IsPrivilegedProcess)
                await RunAsync("umount", directory);
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task<bool> MountAsync(params string[] arguments) => RunAsync("mount", arguments);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(cloud.Endpoint, Faults + program);
}
