using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Running;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>Applies modifications: immediate ones at once, others in their maintenance window.</summary>
internal sealed class Maintenance : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Databases _databases;
    private readonly ClusterActors _running;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _looks = new(1);
    private bool _isPaused;

    public Maintenance(Databases databases, ClusterActors running, Action<Exception> failed, TimeProvider time)
    {
        (this._databases, this._running, this._time) = (databases, running, time);
        _timer = time.CreateTimer(_ => _ = LookAsync(failed), null, LookEvery, LookEvery);
    }

    /// <summary>
    /// The caller holds the lock. Stores the cluster, and applies pending changes when <paramref name="immediately"/> or when its window is
    /// open.
    /// </summary>
    /// <returns>The stored cluster.</returns>
    public async Task<Cluster> PutAsync(Cluster cluster, bool immediately)
    {
        var applies = immediately || IsOpen(cluster.PreferredMaintenanceWindow);
        var verifier = applies ? cluster.PendingPasswordVerifier : null;
        if (verifier is not null)
            cluster = cluster with { PasswordVerifier = verifier, PendingPasswordVerifier = null, PasswordWaits = true };
        var isRenamed = applies && cluster is { PendingIdentifier: not null, Status: ClusterStatus.Available };
        if (isRenamed)
            cluster = cluster with { Status = ClusterStatus.Modifying };
        await _databases.PutAsync(cluster); // first, because the steps start from the stored value
        if (verifier is not null)
            _ = _running.Of(cluster).SetPassword();
        if (isRenamed)
            _ = _running.Of(cluster).Rename();
        return cluster;
    }

    /// <inheritdoc cref="PutAsync(Cluster, bool)"/>
    public async Task<Instance> PutAsync(Instance instance, bool immediately)
    {
        var applies =
            !instance.Pending.IsEmpty
            && instance.Status == InstanceStatus.Available
            && (immediately || IsOpen(instance.PreferredMaintenanceWindow));
        if (applies)
            instance = instance with { Status = InstanceStatus.Modifying };
        await _databases.PutAsync(instance); // first, because the step starts from the stored value
        if (applies)
            _ = _running.Of(_databases.Find(instance.ClusterKey)!).ApplyPending(instance);
        return instance;
    }

    /// <summary>
    /// Stops checking windows until <see cref="Continue"/>. Does nothing when they are not checked already: the end of the program follows
    /// a reset that failed half-way.
    /// </summary>
    public Task PauseAsync() => Interlocked.Exchange(ref _isPaused, true) ? Task.CompletedTask : _looks.WaitAsync();

    public void Continue()
    {
        if (Interlocked.Exchange(ref _isPaused, false))
            _looks.Release();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _looks.Dispose();
    }

    private bool IsOpen(string window) => MaintenanceWindow.Parse(window).Contains(_time.GetUtcNow());

    private async Task LookAsync(Action<Exception> failed)
    {
        if (!_looks.Wait(0))
            return;
        try
        {
            foreach (
                var cluster in _databases.AllClusters.Where(cluster =>
                    cluster.PendingPasswordVerifier is not null || cluster.PendingIdentifier is not null
                )
            )
            {
                using var held = await _databases.LockAsync(cluster.Key);
                if (_databases.Find(cluster.Key) is { } now)
                    await PutAsync(now, immediately: false);
            }
            foreach (var instance in _databases.AllInstances.Where(instance => !instance.Pending.IsEmpty))
            {
                using var held = await _databases.LockAsync(instance.ClusterKey);
                if (_databases.FindInstance(instance.Key) is { } now && _databases.Find(now.ClusterKey) is not null)
                    await PutAsync(now, immediately: false);
            }
        }
        catch (Exception error)
        {
            failed(error);
        }
        finally
        {
            _looks.Release();
        }
    }
}
