using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.ParameterGroups;

internal sealed record CreateDBParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    public string? DBParameterGroupFamily { get; init; }

    public string? Description { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record CopyDBParameterGroupMessage
{
    public string? SourceDBParameterGroupIdentifier { get; init; }

    public string? TargetDBParameterGroupIdentifier { get; init; }

    public string? TargetDBParameterGroupDescription { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record DeleteDBParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }
}

internal sealed record DescribeDBParameterGroupsMessage
{
    public string? DBParameterGroupName { get; init; }

    [ItemName("Filter")]
    [NotImplemented]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record DescribeDBParametersMessage
{
    public string? DBParameterGroupName { get; init; }

    public string? Source { get; init; }

    [ItemName("Filter")]
    [NotImplemented]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record ModifyDBParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    [ItemName("Parameter")]
    public IReadOnlyList<Parameter>? Parameters { get; init; }
}

internal sealed record ResetDBParameterGroupMessage
{
    public string? DBParameterGroupName { get; init; }

    public bool? ResetAllParameters { get; init; }

    [ItemName("Parameter")]
    public IReadOnlyList<Parameter>? Parameters { get; init; }
}

internal sealed record DBParameterGroupResult
{
    public required DBParameterGroup DBParameterGroup { get; init; }
}

internal sealed record DBParameterGroupsMessage
{
    public string? Marker { get; init; }

    [ItemName("DBParameterGroup")]
    public required IReadOnlyList<DBParameterGroup> DBParameterGroups { get; init; }
}

internal sealed record DBParameterGroup
{
    public required string DBParameterGroupName { get; init; }

    public required string DBParameterGroupFamily { get; init; }

    public required string Description { get; init; }

    public required string DBParameterGroupArn { get; init; }
}

internal sealed record DBParameterGroupDetails
{
    public string? Marker { get; init; }

    [ItemName("Parameter")]
    public required IReadOnlyList<Parameter> Parameters { get; init; }
}

internal sealed record DBParameterGroupNameMessage
{
    public required string DBParameterGroupName { get; init; }
}
