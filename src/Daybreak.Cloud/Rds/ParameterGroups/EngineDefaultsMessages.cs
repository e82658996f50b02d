using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>The request of DescribeEngineDefaultParameters and DescribeEngineDefaultClusterParameters.</summary>
internal sealed record DescribeEngineDefaultParametersMessage
{
    public string? DBParameterGroupFamily { get; init; }

    /// <summary>Only <c>parameter-name</c> is accepted, and only for parameters of instances.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record EngineDefaultsResult
{
    public required EngineDefaults EngineDefaults { get; init; }
}

internal sealed record EngineDefaults
{
    public required string DBParameterGroupFamily { get; init; }

    public string? Marker { get; init; }

    [ItemName("Parameter")]
    public required IReadOnlyList<Parameter> Parameters { get; init; }
}
