using System.Collections.Concurrent;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The servers of every cluster.</summary>
internal sealed class ClusterActors(ClusterParts parts)
{
    private readonly ConcurrentDictionary<string, Lazy<ClusterActor>> _byResourceId = new();
    private readonly ConcurrentDictionary<string, Task> _deletions = new();

    public ClusterActor Of(Cluster cluster) =>
        _byResourceId.GetOrAdd(cluster.ResourceId, _ => new Lazy<ClusterActor>(() => new ClusterActor(parts, cluster))).Value;

    public void TakeSnapshot(Cluster cluster, ClusterSnapshot snapshot) => _ = Of(cluster).TakeSnapshot(snapshot);

    /// <summary>Deletes a cluster and its files after its current steps, if it is still marked for deletion then.</summary>
    public void Delete(Cluster cluster) =>
        _ = Of(cluster)
            .After(() =>
            {
                // Not awaited, because it ends the steps, and this is one of them.
                if (parts.Databases.Find(cluster.Key) is { Status: ClusterStatus.Deleting } now && now.ResourceId == cluster.ResourceId)
                    _deletions[cluster.ResourceId] = FinishDeletionAsync(cluster);
                return Task.CompletedTask;
            });

    /// <summary>Called before requests are accepted: completes renamings that the last process started.</summary>
    public async Task FinishRenamingAsync()
    {
        foreach (var cluster in parts.Databases.AllClusters.Where(cluster => cluster.Status == ClusterStatus.Modifying).ToList())
            await parts.Renaming.ClusterAsync(cluster);
        foreach (var instance in parts.Databases.AllInstances.Where(instance => instance.Status == InstanceStatus.Modifying).ToList())
            await parts.Renaming.InstanceAsync(instance);
    }

    /// <summary>Called before requests are accepted: marks what ran when the last process ended as not running yet.</summary>
    public async Task MarkStartingAsync()
    {
        foreach (
            var cluster in parts
                .Databases.AllClusters.Where(cluster => cluster.Status is ClusterStatus.Available or ClusterStatus.FailingOver)
                .ToList()
        )
        {
            var members = parts.Databases.Members(cluster);
            foreach (var member in members)
                await parts.Databases.ChangeAsync(
                    member,
                    now => now.Status == InstanceStatus.Available ? now with { Status = InstanceStatus.Starting } : now
                );
            if (members.Count > 0)
                await parts.Databases.ChangeAsync(cluster, now => now with { Status = ClusterStatus.Starting });
        }
    }

    /// <summary>Restarts what ran when the last process ended, and completes what it had started.</summary>
    public void Resume()
    {
        foreach (var cluster in parts.Databases.AllClusters)
        {
            var actor = Of(cluster);
            foreach (var instance in parts.Databases.Members(cluster).Where(instance => instance.Status == InstanceStatus.Deleting))
                _ = actor.Delete(instance);
            if (cluster.Status == ClusterStatus.Deleting)
            {
                foreach (var final in parts.Snapshots.Unfinished(cluster))
                    TakeSnapshot(cluster, final);
                Delete(cluster);
                continue;
            }
            foreach (var instance in parts.Databases.Members(cluster).Where(instance => instance.Status == InstanceStatus.Modifying))
                _ = actor.After(() => parts.Databases.ChangeAsync(instance, instance.Pending.ApplyTo));
            _ = cluster.Status is ClusterStatus.Stopped or ClusterStatus.Stopping ? actor.StopAll() : actor.StartAll();
            foreach (var snapshot in parts.Snapshots.Unfinished(cluster))
                TakeSnapshot(cluster, snapshot);
            _ = actor.ApplyEndpoints();
            if (cluster.MasterSecret is { Pending: not null })
                _ = actor.SetPassword();
        }
    }

    /// <summary>Ends all servers at the same time, and does nothing more with any until <see cref="Forget"/>.</summary>
    public async Task EndAllAsync(CancellationToken hurry)
    {
        await Task.WhenAll(_byResourceId.Values.Select(servers => servers.Value.EndAsync(hurry)));
        await Task.WhenAll(_deletions.Values);
    }

    /// <summary>Called when there are no clusters any more.</summary>
    public void Forget() => _byResourceId.Clear();

    private async Task FinishDeletionAsync(Cluster cluster)
    {
        try
        {
            if (_byResourceId.TryRemove(cluster.ResourceId, out var servers))
                await servers.Value.DisposeAsync();
            parts.Files.Remove(cluster);
            if (cluster.MasterSecret is { } secret)
                await parts.Secrets.RemoveAsync(secret.Arn);
            using (await parts.Databases.LockAsync(cluster.Key))
            {
                foreach (var endpoint in parts.Endpoints.Of(cluster))
                    await parts.Endpoints.RemoveAsync(endpoint);
                await parts.Databases.RemoveAsync(cluster);
            }
            if (cluster.OnlyInstance is null)
                await parts.Events.AddAsync(
                    cluster.AccountId,
                    cluster.Region,
                    RdsArn.Cluster,
                    cluster.Identifier,
                    "DB cluster deleted",
                    "deletion"
                );
        }
        catch (Exception error)
        {
            parts.Failed(error);
        }
        finally
        {
            _deletions.TryRemove(cluster.ResourceId, out _);
        }
    }
}
