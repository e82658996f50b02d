using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.ParameterGroups;

// Operations on groups of clusters and on groups of instances share these; they name their groups by different parameters.

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
    /// <summary>AWS accepts no filter for groups, and <c>parameter-name</c> for parameters.</summary>
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

/// <summary>This is also the API's DBClusterParameterGroupDetails, which has only another name.</summary>
internal sealed record DBParameterGroupDetails
{
    public string? Marker { get; init; }

    [ItemName("Parameter")]
    public required IReadOnlyList<Parameter> Parameters { get; init; }
}
