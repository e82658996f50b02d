using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>A function as the API shows it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html"/></summary>
public sealed record FunctionConfiguration
{
    public required string FunctionName { get; init; }

    public required string FunctionArn { get; init; }

    public required string Runtime { get; init; }

    public required string Role { get; init; }

    public required string Handler { get; init; }

    public long CodeSize { get; init; }

    public required string Description { get; init; }

    public int Timeout { get; init; }

    public int MemorySize { get; init; }

    public required string LastModified { get; init; }

    public required string CodeSha256 { get; init; }

    public required string Version { get; init; }

    /// <summary>Null outside of a VPC.</summary>
    public VpcConfigResponse? VpcConfig { get; init; }

    public EnvironmentResponse? Environment { get; init; }

    public string? KMSKeyArn { get; init; }

    public DeadLetterConfig? DeadLetterConfig { get; init; }

    public required TracingConfig TracingConfig { get; init; }

    public required string RevisionId { get; init; }

    public string? State { get; init; }

    public string? StateReason { get; init; }

    public string? StateReasonCode { get; init; }

    public string? LastUpdateStatus { get; init; }

    public string? LastUpdateStatusReason { get; init; }

    public string? LastUpdateStatusReasonCode { get; init; }

    public string PackageType { get; init; } = "Zip";

    public required IReadOnlyList<string> Architectures { get; init; }

    public required EphemeralStorage EphemeralStorage { get; init; }

    public required SnapStartResponse SnapStart { get; init; }

    public RuntimeVersionConfig? RuntimeVersionConfig { get; init; }

    public required LoggingConfig LoggingConfig { get; init; }

    /// <summary>Null when the function has none.</summary>
    public IReadOnlyList<LayerOfFunction>? Layers { get; init; }

    /// <summary>As a list shows it: without state, update status and the runtime's version.</summary>
    /// <param name="qualified">Whether the ARN contains the version.</param>
    public static FunctionConfiguration InList(FunctionState function, bool qualified) =>
        Of(function, qualified ? function.Version : null, inList: true);

    /// <summary>A time as Lambda writes it.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    /// <param name="qualifier">The version or alias of the ARN, if the request named one.</param>
    public static FunctionConfiguration Of(FunctionState function, string? qualifier = null) => Of(function, qualifier, inList: false);

    private static FunctionConfiguration Of(FunctionState function, string? qualifier, bool inList)
    {
        const string Reason = "The function is being created.",
            ReasonCode = "Creating";
        var creating = function.Phase == FunctionPhase.Creating;
        var updating = function.Phase == FunctionPhase.Updating;
        return new FunctionConfiguration
        {
            FunctionName = function.FunctionName,
            FunctionArn = (function.Reference with { Qualifier = qualifier }).Arn,
            Runtime = function.Runtime,
            Role = function.Role,
            Handler = function.Handler,
            CodeSize = function.Code.Size,
            Description = function.VersionDescription ?? function.Description,
            Timeout = function.Timeout,
            MemorySize = function.MemorySize,
            LastModified = Text(function.LastModified),
            CodeSha256 = function.Code.Sha256,
            Version = function.Version,
            VpcConfig = function.Vpc is { } vpc ? VpcConfigResponse.Of(vpc) : null,
            Environment = function.Environment is null ? null : new EnvironmentResponse { Variables = function.Environment },
            KMSKeyArn = function.KmsKeyArn,
            DeadLetterConfig = function.DeadLetterTargetArn is { } queue ? new DeadLetterConfig { TargetArn = queue } : null,
            TracingConfig = new TracingConfig { Mode = function.TracingMode },
            RevisionId = function.RevisionId,
            State =
                inList ? null
                : creating ? "Pending"
                : "Active",
            StateReason = !inList && creating ? Reason : null,
            StateReasonCode = !inList && creating ? ReasonCode : null,
            LastUpdateStatus =
                inList || creating ? null
                : updating ? "InProgress"
                : "Successful",
            LastUpdateStatusReason = !inList && updating ? Reason : null,
            LastUpdateStatusReasonCode = !inList && updating ? ReasonCode : null,
            Architectures = [function.Architecture],
            EphemeralStorage = new EphemeralStorage { Size = function.EphemeralStorageSize },
            RuntimeVersionConfig = inList ? null : RuntimeVersionConfig.Of(function),
            SnapStart = SnapStartResponse.Of(function),
            LoggingConfig = new LoggingConfig
            {
                LogFormat = function.Logging.Format,
                ApplicationLogLevel = function.Logging.ApplicationLogLevel,
                SystemLogLevel = function.Logging.SystemLogLevel,
                LogGroup = function.LogGroup,
            },
            Layers =
                function.Layers.Count == 0
                    ? null
                    : [.. function.Layers.Select(static layer => new LayerOfFunction { Arn = layer.Arn, CodeSize = layer.Code.Size })],
        };
    }
}

public sealed record EnvironmentResponse
{
    public required IReadOnlyDictionary<string, string> Variables { get; init; }
}

/// <summary>AWS calls this structure <c>Layer</c>.</summary>
public sealed record LayerOfFunction
{
    public required string Arn { get; init; }

    public long CodeSize { get; init; }
}

public sealed record SnapStartResponse
{
    public required string ApplyOn { get; init; }

    public required string OptimizationStatus { get; init; }

    /// <summary>Snapshots are of published versions.</summary>
    public static SnapStartResponse Of(FunctionState function) =>
        new()
        {
            ApplyOn = function.SnapStart,
            OptimizationStatus = function.SnapStart == Functions.SnapStart.PublishedVersions && function.Number > 0 ? "On" : "Off",
        };
}

public sealed record RuntimeVersionConfig
{
    public required string RuntimeVersionArn { get; init; }

    /// <summary>AWS identifies each build of a runtime by a hash; here the hash follows from the runtime's name.</summary>
    public static RuntimeVersionConfig Of(FunctionState function) =>
        new()
        {
            RuntimeVersionArn =
                function.RuntimeManagement?.RuntimeVersionArn
                ?? $"arn:aws:lambda:{function.Region}::runtime:"
                    + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(function.Runtime))),
        };
}
