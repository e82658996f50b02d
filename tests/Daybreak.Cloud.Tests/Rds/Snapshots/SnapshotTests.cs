using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Snapshots;

/// <summary>Snapshots of clusters, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class SnapshotTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_snapshot_of_a_running_cluster_is_restored_with_its_data_users_and_password() =>
        Boto.RunAsync(cloud.Endpoint, "rds/snapshots/a_snapshot_of_a_running_cluster_is_restored_with_its_data_users_and_password.py");

    [Fact]
    public Task A_final_snapshot_keeps_what_the_deleted_cluster_had() =>
        Boto.RunAsync(cloud.Endpoint, "rds/snapshots/a_final_snapshot_keeps_what_the_deleted_cluster_had.py");

    [Fact]
    public Task Snapshots_are_copied_tagged_filtered_and_paged() =>
        Boto.RunAsync(cloud.Endpoint, "rds/snapshots/snapshots_are_copied_tagged_filtered_and_paged.py");

    [Fact]
    public Task Bad_snapshots_and_restores_are_refused_with_the_codes_and_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/snapshots/bad_snapshots_and_restores_are_refused_with_the_codes_and_texts_of_rds.py");

    [Fact]
    public async Task Snapshots_outlive_the_process_and_are_finished_by_the_next_one()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-snapshots-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        try
        {
            await using (
                var first = await CloudHost.StartAsync(
                    new CloudOptions { Port = 0, StateDirectory = directory },
                    cancellation: TestContext.Current.CancellationToken
                )
            )
            {
                await Boto.RunAsync(first.Endpoint, "rds/snapshots/begin_snapshots.py");
            }
            await using (
                var second = await CloudHost.StartAsync(
                    new CloudOptions { Port = 0, StateDirectory = directory },
                    cancellation: TestContext.Current.CancellationToken
                )
            )
            {
                await Boto.RunAsync(second.Endpoint, "rds/snapshots/snapshots_outlive_the_process_and_are_finished_by_the_next_one.py");
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
