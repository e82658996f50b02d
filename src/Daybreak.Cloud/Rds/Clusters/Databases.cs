using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>All clusters and instances. Changes of a cluster and of its instances are made one after the other.</summary>
internal sealed class Databases(ResourceTable<Cluster> clusters, ResourceTable<Instance> instances)
{
    private readonly KeyedLock<ResourceKey> _locks = new();

    /// <summary>Called with every existing instance that may have changed, also when its cluster has.</summary>
    public Func<Cluster, Instance, ValueTask> Placed { get; set; } = static (_, _) => ValueTask.CompletedTask;

    public Func<Instance, ValueTask> Removed { get; set; } = static _ => ValueTask.CompletedTask;

    public int ClusterCount => AllClusters.Count(cluster => cluster.OnlyInstance is null);

    public int InstanceCount => instances.Count;

    /// <summary>Includes the hidden clusters of instances without a cluster.</summary>
    public IEnumerable<Cluster> AllClusters => clusters.All().Select(item => item.Value);

    public IEnumerable<Instance> AllInstances => instances.All().Select(item => item.Value);

    /// <summary>Waits until nobody else changes the cluster or its instances; disposing the result releases the lock.</summary>
    public ValueTask<IDisposable> LockAsync(ResourceKey cluster) => _locks.EnterAsync(cluster);

    public IReadOnlyList<Cluster> Clusters(OperationContext context) =>
        [.. clusters.List(context.AccountId, context.Region).Where(cluster => cluster.OnlyInstance is null)];

    /// <summary>Returns the cluster or the instance without a cluster that uses a subnet group.</summary>
    public string? UserOfSubnetGroup(OperationContext context, string name) =>
        clusters.List(context.AccountId, context.Region).FirstOrDefault(cluster => cluster.SubnetGroup == name)?.Name;

    public IReadOnlyList<Instance> Instances(OperationContext context) => instances.List(context.AccountId, context.Region);

    public Cluster? Find(ResourceKey key) => clusters.Find(key);

    public Instance? FindInstance(ResourceKey key) => instances.Find(key);

    /// <param name="name">A name or an ARN.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <exception cref="Aws.AwsException">DBClusterNotFoundFault</exception>
    public Cluster Cluster(OperationContext context, string? name, string parameter = "DBClusterIdentifier")
    {
        var identifier = RdsName.Existing(name, parameter, context, RdsArn.Cluster);
        return clusters.Find(new ResourceKey(context.AccountId, context.Region, identifier)) is { OnlyInstance: null } found
            ? found
            : throw RdsErrors.ClusterNotFound(identifier);
    }

    /// <inheritdoc cref="Cluster(OperationContext, string?, string)" path="/param"/>
    /// <exception cref="Aws.AwsException">DBInstanceNotFound</exception>
    public Instance Instance(OperationContext context, string? name, string parameter = "DBInstanceIdentifier")
    {
        var identifier = RdsName.Existing(name, parameter, context, RdsArn.Instance);
        return instances.Find(new ResourceKey(context.AccountId, context.Region, identifier))
            ?? throw RdsErrors.InstanceNotFound(identifier);
    }

    /// <summary>The oldest is first.</summary>
    public IReadOnlyList<Instance> Members(Cluster cluster) =>
        [
            .. AllInstances
                .Where(instance => instance.ClusterKey == cluster.Key)
                .OrderBy(instance => instance.CreateTime)
                .ThenBy(instance => instance.Identifier, StringComparer.Ordinal),
        ];

    // The caller holds the lock.
    public ValueTask<bool> TryAddAsync(Cluster cluster) => clusters.TryAddAsync(cluster.Key, cluster);

    public async ValueTask<bool> TryAddAsync(Instance instance)
    {
        if (!await instances.TryAddAsync(instance.Key, instance))
            return false;
        await PlaceAsync(instance);
        return true;
    }

    public async Task PutAsync(Cluster cluster)
    {
        await clusters.PutAsync(cluster.Key, cluster);
        await PlaceAsync(cluster);
    }

    public async Task PutAsync(Instance instance)
    {
        await instances.PutAsync(instance.Key, instance);
        await PlaceAsync(instance);
    }

    public async Task RemoveAsync(Cluster cluster) => await clusters.RemoveAsync(cluster.Key);

    public async Task RemoveAsync(Instance instance)
    {
        await instances.RemoveAsync(instance.Key);
        await Removed(instance);
    }

    /// <summary>Returns the new identifier that a request asks for; null when it asks for none.</summary>
    /// <exception cref="Aws.AwsException">It is not a valid identifier, or another cluster has it.</exception>
    public string? NewIdentifier(string? asked, Cluster cluster)
    {
        if (asked is null)
            return null;
        var name = RdsName.New(asked, "NewDBClusterIdentifier");
        return clusters.Find(cluster.Key with { Name = name }) is { } other && other.ResourceId != cluster.ResourceId
            ? throw RdsErrors.ClusterExists()
            : name;
    }

    /// <inheritdoc cref="NewIdentifier(string?, Rds.Clusters.Cluster)"/>
    public string? NewIdentifier(string? asked, Instance instance)
    {
        if (asked is null)
            return null;
        var name = RdsName.New(asked, "NewDBInstanceIdentifier");
        return instances.Find(instance.Key with { Name = name }) is { } other && other.ResourceId != instance.ResourceId
            ? throw RdsErrors.InstanceExists()
            : name;
    }

    /// <summary>Returns the current value of a cluster, even under another identifier; null when it was deleted.</summary>
    public Cluster? Present(Cluster cluster) =>
        Present(clusters.Find(cluster.Key), cluster.ResourceId) ?? WithResourceId(cluster.ResourceId);

    public Cluster? WithResourceId(string resourceId) => AllClusters.FirstOrDefault(cluster => cluster.ResourceId == resourceId);

    /// <inheritdoc cref="Present(Cluster)"/>
    public Instance? Present(Instance instance) =>
        instances.Find(instance.Key) is { } now && now.ResourceId == instance.ResourceId
            ? now
            : AllInstances.FirstOrDefault(other => other.ResourceId == instance.ResourceId);

    /// <summary>Takes the lock and changes a cluster that still exists.</summary>
    public async Task ChangeAsync(Cluster cluster, Func<Cluster, Cluster> change)
    {
        using var held = await LockAsync((Present(cluster) ?? cluster).Key);
        if (Present(cluster) is { } now && change(now) is var after && !ReferenceEquals(after, now))
            await ReplaceAsync(now, after);
    }

    /// <summary>Takes the lock and changes an instance that still exists.</summary>
    public async Task ChangeAsync(Instance instance, Func<Instance, Instance> change)
    {
        using var held = await LockAsync((Present(instance) ?? instance).ClusterKey);
        if (Present(instance) is { } now && change(now) is var after && !ReferenceEquals(after, now))
            await ReplaceAsync(now, after);
    }

    /// <summary>
    /// The caller holds the lock. Gives a cluster and its members another identifier. An earlier process may have started this; completed
    /// parts are skipped.
    /// </summary>
    /// <returns>False when another cluster has the identifier.</returns>
    public async Task<bool> RenameAsync(Cluster cluster, Cluster renamed)
    {
        if (!await clusters.TryAddAsync(renamed.Key, renamed) && Present(clusters.Find(renamed.Key), cluster.ResourceId) is null)
            return false;
        foreach (var member in Members(cluster))
            await instances.PutAsync(member.Key, member with { ClusterIdentifier = renamed.Identifier });
        await clusters.RemoveAsync(cluster.Key);
        return true;
    }

    /// <inheritdoc cref="RenameAsync(Cluster, Cluster)"/>
    public async Task<bool> RenameAsync(Instance instance, Instance renamed)
    {
        if (!await instances.TryAddAsync(renamed.Key, renamed) && instances.Find(renamed.Key)?.ResourceId != instance.ResourceId)
            return false;
        if (clusters.Find(instance.ClusterKey) is { } cluster)
        {
            await clusters.PutAsync(
                cluster.Key,
                cluster with
                {
                    Writer = cluster.Writer == instance.Identifier ? renamed.Identifier : cluster.Writer,
                    OnlyInstance = cluster.OnlyInstance is null ? null : renamed.Identifier,
                }
            );
        }
        await instances.RemoveAsync(instance.Key);
        return true;
    }

    private static Cluster? Present(Cluster? found, string resourceId) => found?.ResourceId == resourceId ? found : null;

    // Background steps must not restore anything that was removed in the meantime: a reset of the local AWS removes everything.
    private async Task ReplaceAsync(Cluster before, Cluster after)
    {
        if (await clusters.TryReplaceAsync(before.Key, before, after))
            await PlaceAsync(after);
    }

    private async Task ReplaceAsync(Instance before, Instance after)
    {
        if (await instances.TryReplaceAsync(before.Key, before, after))
            await PlaceAsync(after);
    }

    private async ValueTask PlaceAsync(Cluster cluster)
    {
        foreach (var instance in Members(cluster))
            await Placed(cluster, instance);
    }

    private async ValueTask PlaceAsync(Instance instance)
    {
        if (clusters.Find(instance.ClusterKey) is { } cluster)
            await Placed(cluster, instance);
    }
}
