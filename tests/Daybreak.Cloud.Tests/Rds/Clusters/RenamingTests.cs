using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Clusters;

/// <summary><c>NewDBClusterIdentifier</c> and <c>NewDBInstanceIdentifier</c>.</summary>
[Trait("Pace", "slow")]
public sealed class RenamingTests
{
    [Fact]
    public async Task A_cluster_keeps_all_but_its_name_and_its_ARN()
    {
        await using var host = await StartAsync(null);
        await Boto.RunAsync(host.Endpoint, "rds/clusters/a_cluster_keeps_all_but_its_name_and_its_arn.py");
    }

    [Fact]
    public async Task Instances_restart_under_their_new_names()
    {
        await using var host = await StartAsync(null);
        await Boto.RunAsync(host.Endpoint, "rds/clusters/instances_restart_under_their_new_names.py");
    }

    [Fact]
    public async Task What_was_being_renamed_when_everything_ended_is_there_under_its_new_name()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-renaming-").FullName;
        try
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
            await using (var first = await StartAsync(directory))
            {
                await Boto.RunAsync(first.Endpoint, "rds/clusters/begin_to_rename.py");
            }
            await using var second = await StartAsync(directory);
            await Boto.RunAsync(
                second.Endpoint,
                "rds/clusters/what_was_being_renamed_when_everything_ended_is_there_under_its_new_name.py"
            );
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task<CloudHost> StartAsync(string? directory) =>
        CloudHost.StartAsync(
            new CloudOptions { Port = 0, StateDirectory = directory },
            cancellation: TestContext.Current.CancellationToken
        );
}
