using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html"/></summary>
public sealed record AddLayerVersionPermissionRequest : INamesLayerVersion
{
    [LayerName]
    public required string LayerName { get; init; }

    [Location(MemberLocation.Label)]
    public required long? VersionNumber { get; init; }

    [Length(1, 100)]
    [Pattern("([a-zA-Z0-9-_]+)")]
    public required string StatementId { get; init; }

    [Length(0, 22)]
    [Pattern("lambda:GetLayerVersion")]
    public required string Action { get; init; }

    [Pattern(@"\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root")]
    public required string Principal { get; init; }

    [Length(0, 34)]
    [Pattern("o-[a-z0-9]{10,32}")]
    public string? OrganizationId { get; init; }

    [Location(MemberLocation.Query)]
    public string? RevisionId { get; init; }
}

public sealed record AddLayerVersionPermissionResponse
{
    /// <summary>The statement as JSON text.</summary>
    public required string Statement { get; init; }

    public required string RevisionId { get; init; }
}
