using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html"/></summary>
public sealed record ListLayersRequest
{
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

public sealed record ListLayersResponse
{
    public string? NextMarker { get; init; }

    public required IReadOnlyList<LayerItem> Layers { get; init; }
}

public sealed record LayerItem
{
    public required string LayerName { get; init; }

    public required string LayerArn { get; init; }

    /// <summary>The newest version that suits the request's filters.</summary>
    public required LayerVersionItem LatestMatchingVersion { get; init; }

    public static LayerItem Of(LayerVersion version) =>
        new()
        {
            LayerName = version.Layer.Name,
            LayerArn = version.Layer.Arn,
            LatestMatchingVersion = LayerVersionItem.Of(version),
        };
}
