using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The data of one cluster: where it comes from, what is copied of it, and the password that it knows.</summary>
/// <param name="isEnding">Whether this step is the last before everything ends: what then fails is tried again at the next start.</param>
internal sealed class ClusterData(
    ClusterSnapshots snapshots,
    OwnCluster own,
    ServerSet running,
    Func<bool> isEnding,
    CancellationToken hurry
)
{
    /// <summary>Gets the data of the snapshot that the cluster is restored from, unless it has it.</summary>
    public async Task RestoreAsync()
    {
        if (own.Now is not { RestoresSnapshot: { } snapshot } cluster)
            return;
        await snapshots.Files.RestoreAsync(snapshot, cluster, hurry);
        await own.ChangeAsync(now => now with { RestoresSnapshot = null });
    }

    /// <summary>Copies the cluster's data into a snapshot. Should that fail, a cluster that was to leave it behind stays.</summary>
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

    /// <summary>Gives the data a password that is new to it, as soon as there is a writer. One that was changed in SQL stays.</summary>
    public async Task SetPasswordAsync()
    {
        if (own.Now is not { PasswordWaits: true } cluster || running.Writer(cluster) is not { } writer)
            return;
        await ServerAdministration.SetPasswordAsync(writer, cluster);
        await own.ChangeAsync(now => now.PasswordVerifier == cluster.PasswordVerifier ? now with { PasswordWaits = false } : now);
    }
}
