using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html"/></summary>
public sealed record UpdateFunctionCodeRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Sensitive]
    public ReadOnlyMemory<byte>? ZipFile { get; init; }

    public string? S3Bucket { get; init; }

    public string? S3Key { get; init; }

    public string? S3ObjectVersion { get; init; }

    public string? ImageUri { get; init; }

    [NotImplemented]
    public string? SourceKMSKeyArn { get; init; }

    public bool? Publish { get; init; }

    public bool? DryRun { get; init; }

    public string? RevisionId { get; init; }

    [Length(1, 1)]
    [Values("x86_64", "arm64", OfItems = true)]
    public IReadOnlyList<string>? Architectures { get; init; }
}
