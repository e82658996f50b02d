using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.ParameterGroups;

internal sealed record CreateDBClusterParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    public string? DBParameterGroupFamily { get; init; }

    public string? Description { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record CopyDBClusterParameterGroupMessage
{
    public string? SourceDBClusterParameterGroupIdentifier { get; init; }

    public string? TargetDBClusterParameterGroupIdentifier { get; init; }

    public string? TargetDBClusterParameterGroupDescription { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record DeleteDBClusterParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }
}

internal sealed record DescribeDBClusterParameterGroupsMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    [ItemName("Filter")]
    [NotImplemented]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record DescribeDBClusterParametersMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    public string? Source { get; init; }

    [ItemName("Filter")]
    [NotImplemented]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record ModifyDBClusterParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    [ItemName("Parameter")]
    public IReadOnlyList<Parameter>? Parameters { get; init; }
}

internal sealed record ResetDBClusterParameterGroupMessage
{
    public string? DBClusterParameterGroupName { get; init; }

    public bool? ResetAllParameters { get; init; }

    [ItemName("Parameter")]
    public IReadOnlyList<Parameter>? Parameters { get; init; }
}

internal sealed record DBClusterParameterGroupResult
{
    public required DBClusterParameterGroup DBClusterParameterGroup { get; init; }
}

internal sealed record DBClusterParameterGroupsMessage
{
    public string? Marker { get; init; }

    [ItemName("DBClusterParameterGroup")]
    public required IReadOnlyList<DBClusterParameterGroup> DBClusterParameterGroups { get; init; }
}

internal sealed record DBClusterParameterGroup
{
    public required string DBClusterParameterGroupName { get; init; }

    public required string DBParameterGroupFamily { get; init; }

    public required string Description { get; init; }

    public required string DBClusterParameterGroupArn { get; init; }
}

internal sealed record DBClusterParameterGroupDetails
{
    public string? Marker { get; init; }

    [ItemName("Parameter")]
    public required IReadOnlyList<Parameter> Parameters { get; init; }
}

internal sealed record DBClusterParameterGroupNameMessage
{
    public required string DBClusterParameterGroupName { get; init; }
}
