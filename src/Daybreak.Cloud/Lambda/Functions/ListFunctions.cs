using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html"/></summary>
public sealed record ListFunctionsRequest
{
    [Location(MemberLocation.Query)]
    [NotImplemented]
    public string? MasterRegion { get; init; }

    [Location(MemberLocation.Query)]
    [Values("ALL")]
    public string? FunctionVersion { get; init; }

    [Location(MemberLocation.Query)]
    public string? Marker { get; init; }

    [Location(MemberLocation.Query)]
    [Range(1, 10_000)]
    public int? MaxItems { get; init; }
}

public sealed record ListFunctionsResponse
{
    public string? NextMarker { get; init; }

    public required IReadOnlyList<FunctionConfiguration> Functions { get; init; }
}
