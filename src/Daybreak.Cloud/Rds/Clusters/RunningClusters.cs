using System.Collections.Concurrent;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>The servers of every cluster.</summary>
internal sealed class RunningClusters(ClusterParts parts)
{
    private readonly ConcurrentDictionary<string, Lazy<ClusterServers>> byResourceId = new();

    public ClusterServers Of(Cluster cluster) =>
        byResourceId.GetOrAdd(cluster.ResourceId, _ => new Lazy<ClusterServers>(() => new ClusterServers(parts, cluster))).Value;

    /// <summary>The cluster is gone: removes what it left.</summary>
    public async Task ForgetAsync(Cluster cluster)
    {
        if (byResourceId.TryRemove(cluster.ResourceId, out var servers))
            await servers.Value.DisposeAsync();
        parts.Files.Remove(cluster);
    }

    /// <summary>Starts again what ran when the last process ended, and finishes what it had begun.</summary>
    public void Resume()
    {
        foreach (var cluster in parts.Databases.AllClusters)
        {
            var servers = Of(cluster);
            if (cluster.Status == ClusterStatus.Deleting)
            {
                _ = FinishDeletionAsync(cluster);
                continue;
            }
            foreach (var instance in parts.Databases.Members(cluster).Where(instance => instance.Status == Instances.InstanceStatus.Deleting))
                _ = servers.Enqueue(() => servers.DeleteInstanceAsync(instance));
            foreach (var instance in parts.Databases.Members(cluster).Where(instance => instance.Status == Instances.InstanceStatus.Modifying))
                _ = servers.Enqueue(() => parts.Databases.ChangeAsync(instance, instance.Pending.ApplyTo));
            if (cluster.Status is ClusterStatus.Stopped or ClusterStatus.Stopping)
                _ = servers.Enqueue(servers.StopAllAsync);
            else
                _ = servers.Enqueue(servers.StartAllAsync);
        }
    }

    /// <summary>Ends every server, all at once.</summary>
    public async Task EndAllAsync(CancellationToken hurry)
    {
        var all = byResourceId.Values.Select(servers => servers.Value).ToList();
        byResourceId.Clear();
        await Task.WhenAll(all.Select(servers => servers.EndAsync(hurry)));
    }

    private async Task FinishDeletionAsync(Cluster cluster)
    {
        await ForgetAsync(cluster);
        using var turn = await parts.Databases.TurnAsync(cluster.Key);
        await parts.Databases.RemoveAsync(cluster);
    }
}
