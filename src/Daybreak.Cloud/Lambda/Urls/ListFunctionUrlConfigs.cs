using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html"/></summary>
public sealed record ListFunctionUrlConfigsRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Location(MemberLocation.Query)]
    public string? Marker { get; init; }

    [Location(MemberLocation.Query)]
    [Range(1, 50)]
    public int? MaxItems { get; init; }
}

public sealed record ListFunctionUrlConfigsResponse
{
    public required IReadOnlyList<FunctionUrlConfig> FunctionUrlConfigs { get; init; }

    public string? NextMarker { get; init; }
}
