using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"/></summary>
public sealed record CreateFunctionRequest : INamesFunction
{
    public const string RolePattern = @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+";

    [FunctionName(Location = MemberLocation.Body)]
    public required string FunctionName { get; init; }

    public string? Runtime { get; init; }

    [Pattern(RolePattern)]
    public required string Role { get; init; }

    [Length(0, 128)]
    [Pattern(@"[^\s]+")]
    public string? Handler { get; init; }

    public required FunctionCodeRequest Code { get; init; }

    [Length(0, 256)]
    public string? Description { get; init; }

    [Range(1, 900)]
    public int? Timeout { get; init; }

    [Range(128, 10_240)]
    public int? MemorySize { get; init; }

    public bool? Publish { get; init; }

    public VpcConfig? VpcConfig { get; init; }

    [Values("Image", "Zip")]
    public string? PackageType { get; init; }

    public DeadLetterConfig? DeadLetterConfig { get; init; }

    public EnvironmentRequest? Environment { get; init; }

    [Pattern(KmsKeyArn.Pattern)]
    public string? KMSKeyArn { get; init; }

    public TracingConfig? TracingConfig { get; init; }

    [Tags]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [LayerVersionArns]
    public IReadOnlyList<string>? Layers { get; init; }

    [NotImplemented]
    public IReadOnlyList<FileSystemConfig>? FileSystemConfigs { get; init; }

    [NotImplemented]
    public ImageConfig? ImageConfig { get; init; }

    [NotImplemented]
    public string? CodeSigningConfigArn { get; init; }

    [Length(1, 1)]
    [Values("x86_64", "arm64", OfItems = true)]
    public IReadOnlyList<string>? Architectures { get; init; }

    public EphemeralStorage? EphemeralStorage { get; init; }

    public SnapStart? SnapStart { get; init; }

    public LoggingConfig? LoggingConfig { get; init; }
}

public sealed record FunctionCodeRequest
{
    [Sensitive]
    public ReadOnlyMemory<byte>? ZipFile { get; init; }

    public string? S3Bucket { get; init; }

    public string? S3Key { get; init; }

    public string? S3ObjectVersion { get; init; }

    [NotImplemented]
    public string? ImageUri { get; init; }

    [NotImplemented]
    public string? SourceKMSKeyArn { get; init; }
}
