using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Endpoints;

/// <summary>All custom endpoints. They change while the lock of their cluster is held.</summary>
internal sealed class CustomEndpoints(ResourceTable<CustomEndpoint> table)
{
    public int Count => table.Count;

    public IReadOnlyList<CustomEndpoint> List(OperationContext context) => table.List(context.AccountId, context.Region);

    public IReadOnlyList<CustomEndpoint> Of(Cluster cluster) =>
        [
            .. table
                .All()
                .Select(item => item.Value)
                .Where(endpoint => endpoint.ClusterKey == cluster.Key)
                .OrderBy(endpoint => endpoint.Identifier, StringComparer.Ordinal),
        ];

    /// <exception cref="Aws.AwsException">DBClusterEndpointNotFoundFault</exception>
    public CustomEndpoint Get(OperationContext context, string? name)
    {
        var identifier = RdsName.Existing(name, "DBClusterEndpointIdentifier", context, RdsArn.ClusterEndpoint);
        return table.Find(new ResourceKey(context.AccountId, context.Region, identifier)) ?? throw RdsErrors.EndpointNotFound(identifier);
    }

    public ValueTask<bool> TryAddAsync(CustomEndpoint endpoint) => table.TryAddAsync(endpoint.Key, endpoint);

    public Task PutAsync(CustomEndpoint endpoint) => table.PutAsync(endpoint.Key, endpoint);

    public async Task RemoveAsync(CustomEndpoint endpoint) => await table.RemoveAsync(endpoint.Key);
}
