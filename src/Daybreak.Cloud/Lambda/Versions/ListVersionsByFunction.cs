using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html"/></summary>
public sealed record ListVersionsByFunctionRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Location(MemberLocation.Query)]
    public string? Marker { get; init; }

    [Location(MemberLocation.Query)]
    [Range(1, 10_000)]
    public int? MaxItems { get; init; }
}

public sealed record ListVersionsByFunctionResponse
{
    public string? NextMarker { get; init; }

    public required IReadOnlyList<FunctionConfiguration> Versions { get; init; }
}
