using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The data of one cluster: its source, its snapshots, and the password in it.</summary>
/// <param name="isEnding">Whether this step is the last before everything ends; if it fails then, the next start repeats it.</param>
internal sealed class ClusterData(
    ClusterSnapshots snapshots,
    IMasterSecrets secrets,
    OwnCluster own,
    ServerSet running,
    Func<bool> isEnding,
    CancellationToken hurry
)
{
    /// <summary>Restores the data of the cluster's snapshot, unless it has been restored.</summary>
    public async Task RestoreAsync()
    {
        if (own.Now is not { RestoresSnapshot: { } snapshot } cluster)
            return;
        await snapshots.Files.RestoreAsync(snapshot, cluster, hurry);
        await own.ChangeAsync(now => now with { RestoresSnapshot = null });
    }

    /// <summary>
    /// Copies the cluster's data into a snapshot. If that fails, a cluster that should leave a final snapshot is not deleted.
    /// </summary>
    public async Task TakeSnapshotAsync(ClusterSnapshot snapshot)
    {
        try
        {
            await RestoreAsync();
            var cluster = own.Now ?? throw new PostgresServerException("The cluster is gone.");
            if (running.Writer(cluster) is { } writer)
                await snapshots.Files.TakeAsync(snapshot, writer, hurry);
            else if (cluster.Writer is null)
                await snapshots.Files.TakeAsync(snapshot, cluster, hurry);
            else
                throw new PostgresServerException("The writer does not run.");
            await snapshots.FinishAsync(snapshot);
        }
        catch (Exception error) when (!isEnding())
        {
            await snapshots.FailAsync(snapshot, error);
            await own.ChangeAsync(now => now.Status == ClusterStatus.Deleting ? now with { Status = ClusterStatus.Available } : now);
            throw;
        }
    }

    /// <summary>
    /// Sets a password that the data does not contain yet, once there is a writer. A password that was changed in SQL stays.
    /// </summary>
    public async Task SetPasswordAsync()
    {
        if (own.Now is not { } cluster)
            return;
        if (cluster.PasswordWaits && running.Writer(cluster) is { } writer)
        {
            await ServerAdministration.SetPasswordAsync(writer, cluster);
            await own.ChangeAsync(now => now.PasswordVerifier == cluster.PasswordVerifier ? now with { PasswordWaits = false } : now);
        }
        // Now, or as soon as there is a writer, the servers have the password of this version and no other.
        if (cluster.MasterSecret is { Pending: { } version } secret)
        {
            await secrets.PromoteAsync(secret.Arn, version);
            await own.ChangeAsync(now =>
                now.MasterSecret is { } kept && kept.Pending == version ? now with { MasterSecret = kept with { Pending = null } } : now
            );
        }
    }
}
