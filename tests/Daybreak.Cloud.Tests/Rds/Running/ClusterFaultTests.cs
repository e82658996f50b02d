using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Running;

/// <summary>Clusters when something goes wrong, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class ClusterFaultTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_reader_takes_over_from_a_killed_writer_and_no_commit_is_lost() =>
        Boto.RunAsync(cloud.Endpoint, "rds/running/a_reader_takes_over_from_a_killed_writer_and_no_commit_is_lost.py");

    [Fact]
    public async Task A_reader_takes_over_from_a_writer_whose_data_is_damaged()
    {
        var failures = new ConcurrentBag<Exception>();
        await using var host = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, Failed = failures.Add },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(host.Endpoint, "rds/running/a_reader_takes_over_from_a_writer_whose_data_is_damaged.py");
        Assert.Contains("pg_control", Assert.Single(failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_failover_loses_nothing_though_the_reader_had_just_lost_its_writer() =>
        Boto.RunAsync(cloud.Endpoint, "rds/running/a_failover_loses_nothing_though_the_reader_had_just_lost_its_writer.py");

    [Fact]
    public Task Twenty_clusters_come_and_go_at_once_and_two_of_one_name_are_one() =>
        Boto.RunAsync(cloud.Endpoint, "rds/running/twenty_clusters_come_and_go_at_once_and_two_of_one_name_are_one.py");

    [Fact]
    public async Task A_port_that_is_taken_on_all_addresses_is_refused_with_the_reason()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await Boto.RunAsync(
            cloud.Endpoint,
            "rds/running/a_port_that_is_taken_on_all_addresses_is_refused_with_the_reason.py",
            port.ToString(CultureInfo.InvariantCulture)
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
                await Boto.RunAsync(host.Endpoint, "rds/running/a_full_disk_fails_the_cluster.py");
                Assert.Contains("No space left on device", Assert.Single(failures).Message, StringComparison.Ordinal);

                Assert.True(await MountAsync("-o", "remount,size=200m", directory));
                await Boto.RunAsync(host.Endpoint, "rds/running/the_next_cluster_comes_when_there_is_room.py");
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
}
