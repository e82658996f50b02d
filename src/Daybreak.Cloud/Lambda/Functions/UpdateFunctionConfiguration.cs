using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html"/></summary>
public sealed record UpdateFunctionConfigurationRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Pattern(CreateFunctionRequest.RolePattern)]
    public string? Role { get; init; }

    [Length(0, 128)]
    [Pattern(@"[^\s]+")]
    public string? Handler { get; init; }

    [Length(0, 256)]
    public string? Description { get; init; }

    [Range(1, 900)]
    public int? Timeout { get; init; }

    [Range(128, 10_240)]
    public int? MemorySize { get; init; }

    public VpcConfig? VpcConfig { get; init; }

    public EnvironmentRequest? Environment { get; init; }

    public string? Runtime { get; init; }

    public DeadLetterConfig? DeadLetterConfig { get; init; }

    [Pattern(KmsKeyArn.Pattern)]
    public string? KMSKeyArn { get; init; }

    public TracingConfig? TracingConfig { get; init; }

    public string? RevisionId { get; init; }

    [LayerVersionArns]
    public IReadOnlyList<string>? Layers { get; init; }

    [NotImplemented]
    public IReadOnlyList<FileSystemConfig>? FileSystemConfigs { get; init; }

    [NotImplemented]
    public ImageConfig? ImageConfig { get; init; }

    public EphemeralStorage? EphemeralStorage { get; init; }

    public SnapStart? SnapStart { get; init; }

    public LoggingConfig? LoggingConfig { get; init; }
}
