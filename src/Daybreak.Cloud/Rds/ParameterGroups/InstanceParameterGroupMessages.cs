using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds.ParameterGroups;

internal sealed record CreateDBParameterGroupMessage : CreateParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    internal override string? Group => DBParameterGroupName;
}

internal sealed record CopyDBParameterGroupMessage : CopyParameterGroupMessage
{
    public string? SourceDBParameterGroupIdentifier { get; init; }

    public string? TargetDBParameterGroupIdentifier { get; init; }

    public string? TargetDBParameterGroupDescription { get; init; }

    internal override string? Group => SourceDBParameterGroupIdentifier;

    internal override string? Target => TargetDBParameterGroupIdentifier;

    internal override string? TargetDescription => TargetDBParameterGroupDescription;
}

internal sealed record DeleteDBParameterGroupMessage : ParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    internal override string? Group => DBParameterGroupName;
}

internal sealed record DescribeDBParameterGroupsMessage : DescribeParameterGroupsMessage
{
    public string? DBParameterGroupName { get; init; }

    internal override string? Group => DBParameterGroupName;
}

internal sealed record DescribeDBParametersMessage : DescribeParametersMessage
{
    public string? DBParameterGroupName { get; init; }

    internal override string? Group => DBParameterGroupName;
}

internal sealed record ModifyDBParameterGroupMessage : ModifyParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    internal override string? Group => DBParameterGroupName;
}

internal sealed record ResetDBParameterGroupMessage : ResetParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    internal override string? Group => DBParameterGroupName;
}

internal sealed record DBParameterGroupResult
{
    public required DBParameterGroup DBParameterGroup { get; init; }

    public static DBParameterGroupResult Of(ParameterGroup group, OperationContext context) =>
        new() { DBParameterGroup = DBParameterGroup.Of(group, context) };
}

internal sealed record DBParameterGroupsMessage
{
    public string? Marker { get; init; }

    [ItemName("DBParameterGroup")]
    public required IReadOnlyList<DBParameterGroup> DBParameterGroups { get; init; }

    public static DBParameterGroupsMessage Of(Page<ParameterGroup> page, OperationContext context) =>
        new() { Marker = page.Marker, DBParameterGroups = [.. page.Items.Select(group => DBParameterGroup.Of(group, context))] };
}

internal sealed record DBParameterGroup
{
    public required string DBParameterGroupName { get; init; }

    public required string DBParameterGroupFamily { get; init; }

    public required string Description { get; init; }

    public required string DBParameterGroupArn { get; init; }

    public static DBParameterGroup Of(ParameterGroup group, OperationContext context) =>
        new()
        {
            DBParameterGroupName = group.Name,
            DBParameterGroupFamily = group.Family,
            Description = group.Description,
            DBParameterGroupArn = RdsArn.Of(context, RdsArn.ParameterGroup, group.Name),
        };
}

internal sealed record DBParameterGroupNameMessage
{
    public required string DBParameterGroupName { get; init; }

    public static DBParameterGroupNameMessage Of(string name) => new() { DBParameterGroupName = name };
}
