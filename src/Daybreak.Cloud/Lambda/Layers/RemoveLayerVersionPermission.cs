using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html"/></summary>
public sealed record RemoveLayerVersionPermissionRequest : INamesLayerVersion
{
    [LayerName]
    public required string LayerName { get; init; }

    [Location(MemberLocation.Label)]
    public required long? VersionNumber { get; init; }

    [Location(MemberLocation.Label)]
    [Length(1, 100)]
    [Pattern("([a-zA-Z0-9-_]+)")]
    public required string StatementId { get; init; }

    [Location(MemberLocation.Query)]
    public string? RevisionId { get; init; }
}
