using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.States;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Endpoints;

/// <summary>Operations on endpoints of clusters: the two that each cluster has, and custom ones.</summary>
internal sealed class EndpointOperations(CustomEndpoints endpoints, Databases databases, ClusterActors running) : ITagged
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateDBClusterEndpointMessage, DBClusterEndpoint>("CreateDBClusterEndpoint", CreateAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterEndpoint, r.DBClusterEndpointIdentifier),
            },
            new AwsOperation<DeleteDBClusterEndpointMessage, DBClusterEndpoint>("DeleteDBClusterEndpoint", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterEndpoint, r.DBClusterEndpointIdentifier),
            },
            new AwsOperation<DescribeDBClusterEndpointsMessage, DBClusterEndpointMessage>("DescribeDBClusterEndpoints", Describe)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterEndpoint, r.DBClusterEndpointIdentifier),
            },
            new AwsOperation<ModifyDBClusterEndpointMessage, DBClusterEndpoint>("ModifyDBClusterEndpoint", ModifyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterEndpoint, r.DBClusterEndpointIdentifier),
            },
        ];

    public string Kind => RdsArn.ClusterEndpoint;

    public async ValueTask<DBClusterEndpoint> CreateAsync(CreateDBClusterEndpointMessage request, OperationContext context)
    {
        var identifier = RdsName.New(request.DBClusterEndpointIdentifier, "DBClusterEndpointIdentifier");
        var reach = EndpointRules.Reach(request.EndpointType);
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        StateTable.Check("CreateDBClusterEndpoint", cluster);
        if (endpoints.Of(cluster).Count >= EndpointRules.MostOfACluster)
            throw RdsErrors.EndpointQuotaExceeded();
        var endpoint = new CustomEndpoint
        {
            AccountId = context.AccountId,
            Region = context.Region,
            Identifier = identifier,
            ResourceId = ResourceIds.New("cluster-endpoint"),
            ClusterIdentifier = cluster.Identifier,
            Reach = reach,
            Members = EndpointRules.Members(request.StaticMembers, request.ExcludedMembers, EndpointMembers.All, Instances(cluster)),
            Address = ServerAddress.Free(cluster.Port),
            Status = EndpointStatus.Creating,
            Tags = Tag.Merge(new Dictionary<string, string>(), request.Tags),
        };
        if (!await endpoints.TryAddAsync(endpoint))
            throw RdsErrors.EndpointExists();
        _ = running.Of(cluster).ApplyEndpoints();
        return DBClusterEndpoint.Of(endpoint);
    }

    public async ValueTask<DBClusterEndpoint> ModifyAsync(ModifyDBClusterEndpointMessage request, OperationContext context)
    {
        var reach = request.EndpointType is null ? (EndpointReach?)null : EndpointRules.Reach(request.EndpointType);
        var named = endpoints.Get(context, request.DBClusterEndpointIdentifier);
        using var held = await databases.LockAsync(named.ClusterKey);
        var before = endpoints.Get(context, request.DBClusterEndpointIdentifier);
        var cluster = databases.Find(before.ClusterKey)!;
        StateTable.Check("ModifyDBClusterEndpoint", cluster);
        EndpointRules.IsAvailable(before);
        var after = before with
        {
            Reach = reach ?? before.Reach,
            Members = EndpointRules.Members(request.StaticMembers, request.ExcludedMembers, before.Members, Instances(cluster)),
        };
        await endpoints.PutAsync(after);
        _ = running.Of(cluster).ApplyEndpoints();
        return DBClusterEndpoint.Of(after);
    }

    public async ValueTask<DBClusterEndpoint> DeleteAsync(DeleteDBClusterEndpointMessage request, OperationContext context)
    {
        var named = endpoints.Get(context, request.DBClusterEndpointIdentifier);
        using var held = await databases.LockAsync(named.ClusterKey);
        var before = endpoints.Get(context, request.DBClusterEndpointIdentifier);
        var cluster = databases.Find(before.ClusterKey)!;
        StateTable.Check("DeleteDBClusterEndpoint", cluster);
        EndpointRules.IsAvailable(before);
        var after = before with { Status = EndpointStatus.Deleting };
        await endpoints.PutAsync(after);
        _ = running.Of(cluster).ApplyEndpoints();
        return DBClusterEndpoint.Of(after);
    }

    public DBClusterEndpointMessage Describe(DescribeDBClusterEndpointsMessage request, OperationContext context)
    {
        var clusters = request.DBClusterIdentifier is null
            ? databases.Clusters(context)
            : [databases.Cluster(context, request.DBClusterIdentifier, "Filter: db-cluster-id")];
        var all = clusters.SelectMany(OfCluster);
        if (request.DBClusterEndpointIdentifier is not null)
        {
            var named = RdsName.Existing(
                request.DBClusterEndpointIdentifier,
                "Filter: db-cluster-endpoint-id",
                context,
                RdsArn.ClusterEndpoint
            );
            all = all.Where(item => item.DBClusterEndpointIdentifier == named);
        }
        // The reference shows these values in lower case, responses have them in upper case.
        all = Filter.Apply(
            all,
            request.Filters,
            new Dictionary<string, Func<DBClusterEndpoint, IEnumerable<string>>>
            {
                ["db-cluster-endpoint-type"] = item => [item.EndpointType, item.EndpointType.ToLowerInvariant()],
                ["db-cluster-endpoint-custom-type"] = item => item.CustomEndpointType is { } type ? [type, type.ToLowerInvariant()] : [],
                ["db-cluster-endpoint-id"] = item => item.DBClusterEndpointIdentifier is { } name ? [name] : [],
                ["db-cluster-endpoint-status"] = item => [item.Status],
            }
        );
        var page = Page.Of(
            all,
            item => $"{item.DBClusterIdentifier}/{item.DBClusterEndpointIdentifier ?? item.EndpointType}",
            request.MaxRecords,
            request.Marker
        );
        return new DBClusterEndpointMessage { Marker = page.Marker, DBClusterEndpoints = page.Items };
    }

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) => endpoints.Get(context, name).Tags;

    public async Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    )
    {
        using var held = await databases.LockAsync(endpoints.Get(context, name).ClusterKey);
        var before = endpoints.Get(context, name);
        await endpoints.PutAsync(before with { Tags = change(before.Tags) });
    }

    private IEnumerable<DBClusterEndpoint> OfCluster(Cluster cluster) =>
        [
            Builtin(cluster, "WRITER", cluster.Address),
            Builtin(cluster, "READER", cluster.ReaderAddress),
            .. endpoints.Of(cluster).Select(DBClusterEndpoint.Of),
        ];

    private static DBClusterEndpoint Builtin(Cluster cluster, string type, string address) =>
        new()
        {
            DBClusterIdentifier = cluster.Identifier,
            Endpoint = address,
            Status = cluster.Status is ClusterStatus.Creating or ClusterStatus.Deleting ? StatusName.Of(cluster.Status) : "available",
            EndpointType = type,
        };

    private HashSet<string> Instances(Cluster cluster) => [.. databases.Members(cluster).Select(member => member.Identifier)];
}
