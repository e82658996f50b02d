using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds.Unoffered;

/// <summary>Lists that tools request although nothing can be in them: operations that would create an item are refused by name.</summary>
internal static class EmptyLists
{
    public static IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DescribeGlobalClustersMessage, GlobalClustersMessage>("DescribeGlobalClusters", GlobalClusters),
            new AwsOperation<DescribePendingMaintenanceActionsMessage, PendingMaintenanceActionsMessage>(
                "DescribePendingMaintenanceActions",
                PendingMaintenanceActions
            ),
        ];

    public static GlobalClustersMessage GlobalClusters(DescribeGlobalClustersMessage request, OperationContext context)
    {
        Check(request.MaxRecords, request.Filters, "db-cluster-id", "region");
        return request.GlobalClusterIdentifier switch
        {
            null => new GlobalClustersMessage(),
            "" => throw RdsErrors.Blank("GlobalClusterIdentifier"),
            var name when !RdsName.IsIdentifier(name) => throw RdsErrors.NotAnIdentifier("GlobalClusterIdentifier"),
            var name => throw RdsErrors.GlobalClusterNotFound(name),
        };
    }

    public static PendingMaintenanceActionsMessage PendingMaintenanceActions(
        DescribePendingMaintenanceActionsMessage request,
        OperationContext context
    )
    {
        Check(request.MaxRecords, request.Filters, "db-cluster-id", "db-instance-id");
        return new PendingMaintenanceActionsMessage();
    }

    private static void Check(int? maxRecords, IReadOnlyList<Filter>? filters, params string[] known)
    {
        IEnumerable<object> none = [];
        none = Filter.Apply(none, filters, known.ToDictionary(name => name, _ => new Func<object, IEnumerable<string>>(_ => [])));
        _ = Page.Of(none, _ => "", maxRecords, null);
    }
}

internal sealed record DescribeGlobalClustersMessage
{
    public string? GlobalClusterIdentifier { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record GlobalClustersMessage
{
    [ItemName("GlobalClusterMember")]
    public IReadOnlyList<string> GlobalClusters { get; init; } = [];
}

internal sealed record DescribePendingMaintenanceActionsMessage
{
    public string? ResourceIdentifier { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record PendingMaintenanceActionsMessage
{
    [ItemName("ResourcePendingMaintenanceActions")]
    public IReadOnlyList<string> PendingMaintenanceActions { get; init; } = [];
}
