using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds.ParameterGroups;

internal sealed record CreateDBClusterParameterGroupMessage : CreateParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    internal override string? Group => DBClusterParameterGroupName;
}

internal sealed record CopyDBClusterParameterGroupMessage : CopyParameterGroupMessage
{
    public string? SourceDBClusterParameterGroupIdentifier { get; init; }

    public string? TargetDBClusterParameterGroupIdentifier { get; init; }

    public string? TargetDBClusterParameterGroupDescription { get; init; }

    internal override string? Group => SourceDBClusterParameterGroupIdentifier;

    internal override string? Target => TargetDBClusterParameterGroupIdentifier;

    internal override string? TargetDescription => TargetDBClusterParameterGroupDescription;
}

internal sealed record DeleteDBClusterParameterGroupMessage : ParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    internal override string? Group => DBClusterParameterGroupName;
}

internal sealed record DescribeDBClusterParameterGroupsMessage : DescribeParameterGroupsMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    internal override string? Group => DBClusterParameterGroupName;
}

internal sealed record DescribeDBClusterParametersMessage : DescribeParametersMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    internal override string? Group => DBClusterParameterGroupName;
}

internal sealed record ModifyDBClusterParameterGroupMessage : ModifyParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    internal override string? Group => DBClusterParameterGroupName;
}

internal sealed record ResetDBClusterParameterGroupMessage : ResetParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    internal override string? Group => DBClusterParameterGroupName;
}

internal sealed record DBClusterParameterGroupResult
{
    public required DBClusterParameterGroup DBClusterParameterGroup { get; init; }

    public static DBClusterParameterGroupResult Of(ParameterGroup group, OperationContext context) =>
        new() { DBClusterParameterGroup = DBClusterParameterGroup.Of(group, context) };
}

internal sealed record DBClusterParameterGroupsMessage
{
    public string? Marker { get; init; }

    [ItemName("DBClusterParameterGroup")]
    public required IReadOnlyList<DBClusterParameterGroup> DBClusterParameterGroups { get; init; }

    public static DBClusterParameterGroupsMessage Of(Page<ParameterGroup> page, OperationContext context) =>
        new()
        {
            Marker = page.Marker,
            DBClusterParameterGroups = [.. page.Items.Select(group => DBClusterParameterGroup.Of(group, context))],
        };
}

internal sealed record DBClusterParameterGroup
{
    public required string DBClusterParameterGroupName { get; init; }

    public required string DBParameterGroupFamily { get; init; }

    public required string Description { get; init; }

    public required string DBClusterParameterGroupArn { get; init; }

    public static DBClusterParameterGroup Of(ParameterGroup group, OperationContext context) =>
        new()
        {
            DBClusterParameterGroupName = group.Name,
            DBParameterGroupFamily = group.Family,
            Description = group.Description,
            DBClusterParameterGroupArn = RdsArn.Of(context, RdsArn.ClusterParameterGroup, group.Name),
        };
}

internal sealed record DBClusterParameterGroupNameMessage
{
    public required string DBClusterParameterGroupName { get; init; }

    public static DBClusterParameterGroupNameMessage Of(string name) => new() { DBClusterParameterGroupName = name };
}
