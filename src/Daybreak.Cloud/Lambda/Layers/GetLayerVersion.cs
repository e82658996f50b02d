using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html"/></summary>
public sealed record GetLayerVersionRequest : INamesLayerVersion
{
    [LayerName]
    public required string LayerName { get; init; }

    [Location(MemberLocation.Label)]
    public required long? VersionNumber { get; init; }
}

/// <summary>Also the response of PublishLayerVersion and of GetLayerVersionByArn.</summary>
public sealed record GetLayerVersionResponse
{
    public required LayerContentResponse Content { get; init; }

    public required string LayerArn { get; init; }

    public required string LayerVersionArn { get; init; }

    public required string Description { get; init; }

    public required string CreatedDate { get; init; }

    public long Version { get; init; }

    public IReadOnlyList<string>? CompatibleRuntimes { get; init; }

    public string? LicenseInfo { get; init; }

    public IReadOnlyList<string>? CompatibleArchitectures { get; init; }

    /// <param name="location">URL of the zip.</param>
    public static GetLayerVersionResponse Of(LayerVersion version, string location) =>
        new()
        {
            Content = new LayerContentResponse
            {
                Location = location,
                CodeSha256 = version.Code.Sha256,
                CodeSize = version.Code.Size,
            },
            LayerArn = version.Layer.Arn,
            LayerVersionArn = version.Arn,
            Description = version.Description,
            CreatedDate = FunctionConfiguration.Text(version.CreatedDate),
            Version = version.Version,
            CompatibleRuntimes = version.CompatibleRuntimes,
            LicenseInfo = version.LicenseInfo,
            CompatibleArchitectures = version.CompatibleArchitectures,
        };
}

public sealed record LayerContentResponse
{
    public required string Location { get; init; }

    public required string CodeSha256 { get; init; }

    public long CodeSize { get; init; }
}
