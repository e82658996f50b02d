using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html"/></summary>
public sealed record ListAliasesRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [VersionOfAlias(Location = MemberLocation.Query)]
    public string? FunctionVersion { get; init; }

    [Location(MemberLocation.Query)]
    public string? Marker { get; init; }

    [Location(MemberLocation.Query)]
    [Range(1, 10_000)]
    public int? MaxItems { get; init; }
}

public sealed record ListAliasesResponse
{
    public string? NextMarker { get; init; }

    public required IReadOnlyList<AliasConfiguration> Aliases { get; init; }
}
