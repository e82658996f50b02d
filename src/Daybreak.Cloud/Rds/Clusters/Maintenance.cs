using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>Applies modifications: those that are asked for at once, and those that waited when their maintenance window comes.</summary>
internal sealed class Maintenance : IDisposable
{
    private static readonly TimeSpan lookEvery = TimeSpan.FromMinutes(1);

    private readonly Databases databases;
    private readonly RunningClusters running;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly SemaphoreSlim looks = new(1);

    public Maintenance(Databases databases, RunningClusters running, Action<Exception> failed, TimeProvider time)
    {
        (this.databases, this.running, this.time) = (databases, running, time);
        timer = time.CreateTimer(_ => _ = LookAsync(failed), null, lookEvery, lookEvery);
    }

    /// <summary>Within a turn: keeps the cluster, and applies what waits when <paramref name="immediately"/> or when its window is open.</summary>
    /// <returns>The cluster as it is kept.</returns>
    public async Task<Cluster> PutAsync(Cluster cluster, bool immediately)
    {
        var applies = immediately || IsOpen(cluster.PreferredMaintenanceWindow);
        var verifier = applies ? cluster.PendingPasswordVerifier : null;
        if (verifier is not null)
            cluster = cluster with { PasswordVerifier = verifier, PendingPasswordVerifier = null, PasswordWaits = true };
        var isRenamed = applies && cluster is { PendingIdentifier: not null, Status: ClusterStatus.Available };
        if (isRenamed)
            cluster = cluster with { Status = ClusterStatus.Modifying };
        await databases.PutAsync(cluster); // first: the steps start from what is kept
        if (verifier is not null)
            _ = running.Of(cluster).Enqueue(static steps => steps.Data.SetPasswordAsync());
        if (isRenamed)
            _ = running.Of(cluster).Enqueue(static steps => steps.Members.RenameClusterAsync());
        return cluster;
    }

    /// <inheritdoc cref="PutAsync(Cluster, bool)"/>
    public async Task<Instance> PutAsync(Instance instance, bool immediately)
    {
        var applies = !instance.Pending.IsEmpty && instance.Status == InstanceStatus.Available && (immediately || IsOpen(instance.PreferredMaintenanceWindow));
        if (applies)
            instance = instance with { Status = InstanceStatus.Modifying };
        await databases.PutAsync(instance); // first: the step starts from what is kept
        if (applies)
            _ = running.Of(databases.Find(instance.ClusterKey)!).Enqueue(steps => steps.Members.ApplyPendingAsync(instance));
        return instance;
    }

    /// <summary>Looks no more until <see cref="Continue"/>.</summary>
    public Task PauseAsync() => looks.WaitAsync();

    public void Continue() => looks.Release();

    public void Dispose()
    {
        timer.Dispose();
        looks.Dispose();
    }

    private bool IsOpen(string window) => MaintenanceWindow.Parse(window).Contains(time.GetUtcNow());

    private async Task LookAsync(Action<Exception> failed)
    {
        if (!looks.Wait(0))
            return;
        try
        {
            foreach (var cluster in databases.AllClusters.Where(cluster => cluster.PendingPasswordVerifier is not null || cluster.PendingIdentifier is not null))
            {
                using var turn = await databases.TurnAsync(cluster.Key);
                if (databases.Find(cluster.Key) is { } now)
                    await PutAsync(now, immediately: false);
            }
            foreach (var instance in databases.AllInstances.Where(instance => !instance.Pending.IsEmpty))
            {
                using var turn = await databases.TurnAsync(instance.ClusterKey);
                if (databases.FindInstance(instance.Key) is { } now && databases.Find(now.ClusterKey) is not null)
                    await PutAsync(now, immediately: false);
            }
        }
        catch (Exception error)
        {
            failed(error);
        }
        finally
        {
            looks.Release();
        }
    }
}
