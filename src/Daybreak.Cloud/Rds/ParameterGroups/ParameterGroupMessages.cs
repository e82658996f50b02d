using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.ParameterGroups;

// What operations on groups of clusters and on groups of instances have in common; they name their groups by different parameters.

internal abstract record ParameterGroupMessage
{
    /// <summary>Name of the group.</summary>
    internal abstract string? Group { get; }
}

internal abstract record CreateParameterGroupMessage : ParameterGroupMessage
{
    public string? DBParameterGroupFamily { get; init; }

    public string? Description { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal abstract record CopyParameterGroupMessage : ParameterGroupMessage
{
    internal abstract string? Target { get; }

    internal abstract string? TargetDescription { get; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal abstract record DescribeParameterGroupsMessage : ParameterGroupMessage
{
    /// <summary>Of groups there are none that AWS takes, of parameters <c>parameter-name</c>.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal abstract record DescribeParametersMessage : DescribeParameterGroupsMessage
{
    public string? Source { get; init; }
}

internal abstract record ModifyParameterGroupMessage : ParameterGroupMessage
{
    [ItemName("Parameter")]
    public IReadOnlyList<Parameter>? Parameters { get; init; }
}

internal abstract record ResetParameterGroupMessage : ModifyParameterGroupMessage
{
    public bool? ResetAllParameters { get; init; }
}

/// <summary>Also the DBClusterParameterGroupDetails of the API, which differs in its name only.</summary>
internal sealed record DBParameterGroupDetails
{
    public string? Marker { get; init; }

    [ItemName("Parameter")]
    public required IReadOnlyList<Parameter> Parameters { get; init; }
}
