using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>
/// Gives clusters and instances other identifiers. Resource ids, addresses, data, roles and tags stay; the ARN changes. If an earlier
/// process ended in the middle, repeating it completes it.
/// </summary>
internal sealed class Renaming(Databases databases, CustomEndpoints endpoints)
{
    /// <summary>Does nothing when no new identifier is pending.</summary>
    /// <returns>The result, for an event; null when there was nothing to do.</returns>
    public async Task<string?> ClusterAsync(Cluster cluster)
    {
        using var held = await databases.LockAsync(cluster.Key);
        if (databases.Find(cluster.Key) is not { PendingIdentifier: { } name } now || now.ResourceId != cluster.ResourceId)
            return null;
        var after = now with
        {
            PendingIdentifier = null,
            Status = now.Status == ClusterStatus.Modifying ? ClusterStatus.Available : now.Status,
        };
        if (!await databases.RenameAsync(now, after with { Identifier = name }))
        {
            await databases.PutAsync(after);
            return $"The DB cluster could not be renamed: another one is called {name}.";
        }
        foreach (var endpoint in endpoints.Of(now))
            await endpoints.PutAsync(endpoint with { ClusterIdentifier = name });
        return $"Renamed cluster from {now.Identifier} to {name}";
    }

    /// <inheritdoc cref="ClusterAsync"/>
    public async Task<string?> InstanceAsync(Instance instance)
    {
        using var held = await databases.LockAsync(instance.ClusterKey);
        if (databases.FindInstance(instance.Key) is not { Pending.Identifier: { } name } now || now.ResourceId != instance.ResourceId)
            return null;
        var after = now with { Pending = now.Pending with { Identifier = null } };
        if (!await databases.RenameAsync(now, after with { Identifier = name }))
        {
            await databases.PutAsync(after);
            return $"The DB instance could not be renamed: another one is called {name}.";
        }
        if (databases.Find(now.ClusterKey) is { } cluster)
        {
            foreach (var endpoint in endpoints.Of(cluster).Where(endpoint => endpoint.Members.Named.Contains(now.Identifier)))
                await endpoints.PutAsync(
                    endpoint with
                    {
                        Members = endpoint.Members with
                        {
                            Named = [.. endpoint.Members.Named.Select(member => member == now.Identifier ? name : member)],
                        },
                    }
                );
        }
        return $"Renamed instance from {now.Identifier} to {name}";
    }
}
