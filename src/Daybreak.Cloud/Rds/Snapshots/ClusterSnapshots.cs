using System.Collections.Concurrent;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Snapshots;

/// <summary>All snapshots of clusters: their stored values and their data.</summary>
internal sealed class ClusterSnapshots(ResourceTable<ClusterSnapshot> table, SnapshotFiles files, EventLog events, TimeProvider time)
{
    private readonly KeyedLock<ResourceKey> _locks = new();
    private readonly ConcurrentDictionary<ResourceKey, Task> _copies = new();

    public int Count => table.Count;

    public SnapshotFiles Files => files;

    /// <summary>Waits until nobody else changes the snapshot, or decides to read it.</summary>
    public ValueTask<IDisposable> LockAsync(ResourceKey snapshot) => _locks.EnterAsync(snapshot);

    public IReadOnlyList<ClusterSnapshot> List(OperationContext context) => table.List(context.AccountId, context.Region);

    /// <summary>Returns the unfinished snapshots of a cluster, oldest first.</summary>
    public IReadOnlyList<ClusterSnapshot> Unfinished(Cluster cluster) =>
        [
            .. table
                .All()
                .Select(item => item.Value)
                .Where(snapshot => snapshot.ClusterResourceId == cluster.ResourceId && snapshot.Status == SnapshotStatus.Creating)
                .OrderBy(snapshot => snapshot.CreateTime),
        ];

    /// <param name="name">A name or an ARN.</param>
    /// <exception cref="Aws.AwsException">DBClusterSnapshotNotFoundFault</exception>
    public ClusterSnapshot Get(OperationContext context, string? name, string parameter)
    {
        var identifier = RdsName.Existing(name, parameter, context, RdsArn.ClusterSnapshot);
        return table.Find(new ResourceKey(context.AccountId, context.Region, identifier)) ?? throw RdsErrors.SnapshotNotFound(identifier);
    }

    /// <summary>Starts a snapshot of a cluster; the cluster's servers take it.</summary>
    /// <exception cref="Aws.AwsException">DBClusterSnapshotAlreadyExistsFault</exception>
    public async Task<ClusterSnapshot> AddAsync(Cluster cluster, string identifier, string vpcId, IReadOnlyDictionary<string, string> tags)
    {
        var snapshot = ClusterSnapshot.Of(cluster, identifier, vpcId, tags, time.GetUtcNow());
        if (!await table.TryAddAsync(snapshot.Key, snapshot))
            throw RdsErrors.SnapshotExists(identifier);
        await EventAsync(snapshot, "Creating manual cluster snapshot", "backup");
        return snapshot;
    }

    public async Task FinishAsync(ClusterSnapshot snapshot)
    {
        await ChangeAsync(snapshot, now => now with { Status = SnapshotStatus.Available });
        await EventAsync(snapshot, "Manual cluster snapshot created", "backup");
    }

    public async Task FailAsync(ClusterSnapshot snapshot, Exception error)
    {
        await ChangeAsync(snapshot, now => now with { Status = SnapshotStatus.Failed });
        await EventAsync(snapshot, $"The cluster snapshot could not be created: {error.Message}", "failure");
    }

    /// <summary>Adds a copy, whose data is copied later. The caller holds the lock of the source.</summary>
    /// <exception cref="Aws.AwsException">DBClusterSnapshotAlreadyExistsFault</exception>
    public async Task CopyAsync(ClusterSnapshot source, ClusterSnapshot target)
    {
        if (!await table.TryAddAsync(target.Key, target))
            throw RdsErrors.SnapshotExists(target.Identifier);
        BeginCopy(source, target);
    }

    /// <summary>Whether another snapshot is being copied from this one.</summary>
    public bool IsCopied(ClusterSnapshot source) =>
        table.All().Any(item => item.Value.Status == SnapshotStatus.Copying && item.Value.SourceArn == source.Arn);

    /// <summary>The caller holds the lock.</summary>
    public async Task RemoveAsync(ClusterSnapshot snapshot)
    {
        await table.RemoveAsync(snapshot.Key);
        files.Remove(snapshot);
    }

    public async Task ChangeAsync(ClusterSnapshot snapshot, Func<ClusterSnapshot, ClusterSnapshot> change)
    {
        using var held = await LockAsync(snapshot.Key);
        if (table.Find(snapshot.Key) is { } now && now.ResourceId == snapshot.ResourceId)
            await table.PutAsync(now.Key, change(now));
    }

    /// <summary>Continues copies that an earlier process had started.</summary>
    public void Resume()
    {
        foreach (var target in table.All().Select(item => item.Value).Where(snapshot => snapshot.Status == SnapshotStatus.Copying).ToList())
        {
            if (table.All().FirstOrDefault(item => item.Value.Arn == target.SourceArn).Value is { } source)
                BeginCopy(source, target);
        }
    }

    /// <summary>Waits for copies in progress.</summary>
    public Task EndAsync() => Task.WhenAll(_copies.Values);

    private void BeginCopy(ClusterSnapshot source, ClusterSnapshot target) =>
        _copies[target.Key] = Task.Run(async () =>
        {
            try
            {
                await files.CopyAsync(source, target);
                await FinishAsync(target);
            }
            catch (Exception error)
            {
                await FailAsync(target, error);
            }
            finally
            {
                _copies.TryRemove(target.Key, out _);
            }
        });

    private Task EventAsync(ClusterSnapshot snapshot, string message, string category) =>
        events.AddAsync(snapshot.AccountId, snapshot.Region, RdsArn.ClusterSnapshot, snapshot.Identifier, message, category);
}
