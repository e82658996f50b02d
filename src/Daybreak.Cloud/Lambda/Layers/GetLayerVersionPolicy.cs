using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html"/></summary>
public sealed record GetLayerVersionPolicyRequest : INamesLayerVersion
{
    [LayerName]
    public required string LayerName { get; init; }

    [Location(MemberLocation.Label)]
    public required long? VersionNumber { get; init; }
}

public sealed record GetLayerVersionPolicyResponse
{
    /// <summary>The document as JSON text.</summary>
    public required string Policy { get; init; }

    public required string RevisionId { get; init; }
}
