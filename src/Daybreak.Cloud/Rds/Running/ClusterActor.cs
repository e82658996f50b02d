using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>
/// One running cluster. Each method puts a step into the cluster's queue and completes with it. The API has answered before, and two steps
/// never run at the same time. A step starts from the state that it finds.
/// </summary>
internal sealed class ClusterActor : IAsyncDisposable
{
    private readonly CancellationTokenSource _hurry = new();
    private readonly StepQueue _queue;
    private readonly ClusterParts _parts;
    private readonly OwnCluster _own;
    private readonly ServerSet _running;
    private readonly ReaderDoors _doors;
    private readonly ClusterData _data;
    private readonly MemberServers _servers;
    private readonly Failover _failover;
    private readonly Members _members;

    public ClusterActor(ClusterParts parts, Cluster cluster)
    {
        _parts = parts;
        _queue = new StepQueue(parts.Failed);
        _own = new OwnCluster(parts.Databases, parts.Events, cluster);
        _running = new ServerSet(
            parts,
            _own,
            (instance, server, exit) => _queue.Enqueue(() => _failover!.RecoverAsync(instance, server, exit))
        );
        _doors = new ReaderDoors(parts.Endpoints);
        _data = new ClusterData(parts.Snapshots, parts.Secrets, _own, _running, () => _queue.IsEnding, _hurry.Token);
        _servers = new MemberServers(parts, _own, _running, _data, _doors, _hurry.Token);
        _failover = new Failover(parts, _own, _running, _servers, _doors);
        _members = new Members(parts, _own, _running, _servers, _failover, _doors);
    }

    // The cluster

    /// <summary>Finishes a new cluster: it then has its data and is available, or failed.</summary>
    public Task Create() =>
        _queue.Enqueue(async () =>
        {
            if (_own.Now is not { } cluster)
                return;
            try
            {
                await _parts.Start.PrepareAsync(cluster); // the first instance then starts at once
                await _data.RestoreAsync();
                await _own.ChangeAsync(static now => Moved(now, ClusterStatus.Creating, ClusterStatus.Available));
                await _own.AddEventAsync("DB cluster created", "creation");
                if (cluster.StandInNote is { } note)
                    await _own.AddEventAsync(note, "notification");
            }
            catch (Exception error)
            {
                await _own.ChangeAsync(static now => Moved(now, ClusterStatus.Creating, ClusterStatus.Failed));
                await _own.AddEventAsync($"The DB cluster could not be created: {error.Message}", "failure");
                throw;
            }
        });

    /// <summary>Starts everything that should run, after a start of the local AWS and after StartDBCluster.</summary>
    public Task StartAll() => _queue.Enqueue(_servers.StartAllAsync);

    public Task StopAll() => _queue.Enqueue(_servers.StopAllAsync);

    /// <summary>Makes a reader the writer.</summary>
    public Task FailOverTo(Instance target) =>
        _queue.Enqueue(async () =>
        {
            try
            {
                await _failover.ToAsync(target);
            }
            finally
            {
                await _own.ChangeAsync(static now => Moved(now, ClusterStatus.FailingOver, ClusterStatus.Available));
            }
        });

    /// <summary>Gives the cluster its pending identifier.</summary>
    public Task Rename() =>
        _queue.Enqueue(async () =>
        {
            if (_own.Now is { } cluster && await _parts.Renaming.ClusterAsync(cluster) is { } renamed)
                await _own.AddEventAsync(renamed, "notification");
        });

    /// <summary>Sets a password that the data does not contain yet. A password that was changed in SQL stays.</summary>
    public Task SetPassword() => _queue.Enqueue(_data.SetPasswordAsync);

    public Task TakeSnapshot(ClusterSnapshot snapshot) => _queue.Enqueue(() => _data.TakeSnapshotAsync(snapshot));

    /// <summary>Applies everything that can change at run time, to every server.</summary>
    public Task Reload() => _queue.Enqueue(_running.ReloadAllAsync);

    /// <summary>Opens new custom endpoints, closes and removes deleted ones, and directs all to the running servers.</summary>
    public Task ApplyEndpoints() =>
        _queue.Enqueue(async () =>
        {
            if (_own.Now is not { } cluster)
                return;
            _doors.Lead(cluster, _running.All);
            if (_parts.Endpoints.Of(cluster).Any(static endpoint => endpoint.Status == EndpointStatus.Creating))
                await _running.ReloadAllAsync(); // their certificates name it
            using var held = await _parts.Databases.LockAsync(cluster.Key);
            foreach (var endpoint in _parts.Endpoints.Of(cluster))
            {
                if (endpoint.Status == EndpointStatus.Creating)
                    await _parts.Endpoints.PutAsync(endpoint with { Status = EndpointStatus.Available });
                else if (endpoint.Status == EndpointStatus.Deleting)
                    await _parts.Endpoints.RemoveAsync(endpoint);
            }
        });

    /// <summary>Does something after all earlier steps.</summary>
    public Task After(Func<Task> step) => _queue.Enqueue(step);

    // Its instances

    public Task Create(Instance instance) => _queue.Enqueue(() => _members.CreateAsync(instance));

    public Task Reboot(Instance instance) => _queue.Enqueue(() => _members.RebootAsync(instance));

    /// <summary>Applies an instance's pending changes; it is <c>modifying</c> until then.</summary>
    public Task ApplyPending(Instance instance) => _queue.Enqueue(() => _members.ApplyPendingAsync(instance));

    /// <summary>Deletes an instance. The data of the last one stays with the cluster.</summary>
    public Task Delete(Instance instance) => _queue.Enqueue(() => _members.DeleteAsync(instance));

    /// <summary>Stops the servers without changing the state, which says what runs again at the next start of the local AWS.</summary>
    public async Task EndAsync(CancellationToken hurryUp)
    {
        using var passed = hurryUp.Register(_hurry.Cancel);
        await _queue.EndAsync();
        _doors.Dispose();
        await _running.EndAsync(hurryUp);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(CancellationToken.None);
        _hurry.Dispose();
    }

    private static Cluster Moved(Cluster now, ClusterStatus from, ClusterStatus to) => now.Status == from ? now with { Status = to } : now;
}
