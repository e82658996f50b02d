using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html"/></summary>
public sealed record ListLayerVersionsRequest : INamesLayer
{
    [LayerName]
    public required string LayerName { get; init; }

    [Location(MemberLocation.Query)]
    [KnownRuntime]
    public string? CompatibleRuntime { get; init; }

    [Location(MemberLocation.Query)]
    public string? Marker { get; init; }

    [Location(MemberLocation.Query)]
    [Range(1, 50)]
    public int? MaxItems { get; init; }

    [Location(MemberLocation.Query)]
    [Values("x86_64", "arm64")]
    public string? CompatibleArchitecture { get; init; }
}

public sealed record ListLayerVersionsResponse
{
    public string? NextMarker { get; init; }

    public required IReadOnlyList<LayerVersionItem> LayerVersions { get; init; }
}

/// <summary>A version as lists show it.</summary>
public sealed record LayerVersionItem
{
    public required string LayerVersionArn { get; init; }

    public long Version { get; init; }

    public required string Description { get; init; }

    public required string CreatedDate { get; init; }

    public IReadOnlyList<string>? CompatibleRuntimes { get; init; }

    public string? LicenseInfo { get; init; }

    public IReadOnlyList<string>? CompatibleArchitectures { get; init; }

    public static LayerVersionItem Of(LayerVersion version) =>
        new()
        {
            LayerVersionArn = version.Arn,
            Version = version.Version,
            Description = version.Description,
            CreatedDate = FunctionConfiguration.Text(version.CreatedDate),
            CompatibleRuntimes = version.CompatibleRuntimes,
            LicenseInfo = version.LicenseInfo,
            CompatibleArchitectures = version.CompatibleArchitectures,
        };
}
