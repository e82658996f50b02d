using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html"/></summary>
public sealed record PublishLayerVersionRequest : INamesLayer
{
    [LayerName]
    public required string LayerName { get; init; }

    [Length(0, 256)]
    public string? Description { get; init; }

    public required LayerContentRequest Content { get; init; }

    [CompatibleRuntimes]
    public IReadOnlyList<string>? CompatibleRuntimes { get; init; }

    [Length(0, 512)]
    public string? LicenseInfo { get; init; }

    [Length(0, 2)]
    [Values("x86_64", "arm64", OfItems = true)]
    public IReadOnlyList<string>? CompatibleArchitectures { get; init; }
}

public sealed record LayerContentRequest
{
    public string? S3Bucket { get; init; }

    public string? S3Key { get; init; }

    public string? S3ObjectVersion { get; init; }

    [Sensitive]
    public ReadOnlyMemory<byte>? ZipFile { get; init; }
}
