using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html"/></summary>
public sealed record DeleteLayerVersionRequest : INamesLayerVersion
{
    [LayerName]
    public required string LayerName { get; init; }

    [Location(MemberLocation.Label)]
    public required long? VersionNumber { get; init; }
}
