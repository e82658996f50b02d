using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.Lambda.Urls;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>A version of a function as it is stored. Immutable: a change makes a new value.</summary>
public sealed record FunctionState : IHasCode
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string FunctionName { get; init; }

    /// <summary><c>$LATEST</c>, or the number of a published version.</summary>
    public string Version
    {
        get => field ?? FunctionReference.Latest; // rows of releases without versions do not have it
        init;
    }

    /// <summary>Of <c>$LATEST</c>: the number of the version that was published last, as numbers are never used again.</summary>
    public int LastVersion { get; init; }

    public required string Role { get; init; }

    public required string Runtime { get; init; }

    public required string Handler { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Of a published version: the description that was given with its publication, in place of that of <c>$LATEST</c>.</summary>
    public string? VersionDescription { get; init; }

    public int Timeout { get; init; } = 3;

    public int MemorySize { get; init; } = 128;

    public int EphemeralStorageSize { get; init; } = 512;

    public string Architecture { get; init; } = "x86_64";

    public required string LogGroup { get; init; }

    public FunctionLogging Logging
    {
        get => field ?? FunctionLogging.Text; // rows of releases that knew only text do not have it
        init;
    }

    /// <summary><c>TracingConfig.Mode</c></summary>
    public string TracingMode
    {
        get => field ?? TracingConfig.PassThrough;
        init;
    }

    /// <summary><c>SnapStart.ApplyOn</c></summary>
    public string SnapStart
    {
        get => field ?? Functions.SnapStart.None;
        init;
    }

    public string? KmsKeyArn { get; init; }

    /// <summary>The queue or topic for events that have failed; null: there is none.</summary>
    public string? DeadLetterTargetArn { get; init; }

    /// <summary>When the runtime is updated; null: AWS decides. It is a setting of the version and no part of its configuration.</summary>
    public RuntimeManagement? RuntimeManagement { get; init; }

    /// <summary>Of <c>$LATEST</c>: whether calls of itself in a loop are allowed.</summary>
    public bool AllowsRecursion { get; init; }

    /// <summary>Its place in a VPC; null: it is in none.</summary>
    public FunctionVpc? Vpc { get; init; }

    /// <summary>Null when variables were never set, which AWS shows differently from an empty map.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Of <c>$LATEST</c>: the concurrent executions that are reserved for the function; null: none are.</summary>
    public int? ReservedConcurrentExecutions { get; init; }

    public required FunctionCode Code { get; init; }

    /// <summary>The layers in the order in which they are laid over each other. They go on when their versions are deleted.</summary>
    public IReadOnlyList<FunctionLayer> Layers { get; init; } = [];

    public required DateTimeOffset LastModified { get; init; }

    public required string RevisionId { get; init; }

    /// <summary>
    /// The revision since which code and configuration are the same; null: the current one. A publication, and the completion of a change,
    /// give a new revision, but environments stay.
    /// </summary>
    public string? ContentRevisionId { get; init; }

    public required FunctionPhase Phase { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public IEnumerable<FunctionCode> Codes => [Code, .. Layers.SelectMany(static layer => layer.Codes)];

    [JsonIgnore]
    public FunctionReference Reference => new(AccountId, Region, FunctionName, null);

    /// <summary>Whether its tracing is active.</summary>
    [JsonIgnore]
    public bool IsTraced => TracingMode == TracingConfig.Active;

    /// <summary>Identifies code and configuration.</summary>
    [JsonIgnore]
    public string ContentRevision => ContentRevisionId ?? RevisionId;

    /// <summary>The number of a published version; 0: <c>$LATEST</c>.</summary>
    [JsonIgnore]
    public int Number => FunctionReference.NumberOf(Version) ?? 0;

    /// <summary>Whether code and configuration are the same, so that a publication would make the same version again.</summary>
    public bool HasContentOf(FunctionState other) =>
        (Code.Sha256, Role, Runtime, Handler, Description, Architecture, LogGroup)
            == (other.Code.Sha256, other.Role, other.Runtime, other.Handler, other.Description, other.Architecture, other.LogGroup)
        && (Timeout, MemorySize, EphemeralStorageSize) == (other.Timeout, other.MemorySize, other.EphemeralStorageSize)
        && (Logging, TracingMode, SnapStart, KmsKeyArn, DeadLetterTargetArn)
            == (other.Logging, other.TracingMode, other.SnapStart, other.KmsKeyArn, other.DeadLetterTargetArn)
        && Equals(Vpc, other.Vpc)
        && HasSame(Environment, other.Environment)
        && Layers.SequenceEqual(other.Layers);

    /// <summary>The state after a pending creation or update has completed. This changes the revision once more, as on AWS.</summary>
    public FunctionState Settled() =>
        Phase == FunctionPhase.Ready
            ? this
            : this with
            {
                Phase = FunctionPhase.Ready,
                RevisionId = Guid.NewGuid().ToString(),
                ContentRevisionId = ContentRevision, // environments may have been started already
            };

    private static bool HasSame(IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && value == entry.Value);
}

/// <summary>The combinations of <c>State</c> and <c>LastUpdateStatus</c>.</summary>
public enum FunctionPhase
{
    /// <summary>State is Pending; there is no LastUpdateStatus.</summary>
    Creating,

    /// <summary>State is Active, LastUpdateStatus is InProgress.</summary>
    Updating,

    /// <summary>State is Active, LastUpdateStatus is Successful.</summary>
    Ready,
}

/// <summary>A deployment package.</summary>
/// <param name="Sha256">Base64 of the SHA-256 of the zip.</param>
/// <param name="Size">Size of the zip in bytes.</param>
public sealed record FunctionCode(string Sha256, long Size);

/// <summary>A version of a layer that a function has.</summary>
/// <param name="Arn">ARN of the version, as the request named it.</param>
public sealed record FunctionLayer(string Arn, FunctionCode Code) : IHasCode
{
    [JsonIgnore]
    public IEnumerable<FunctionCode> Codes => [Code];
}

[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(FunctionState))]
[JsonSerializable(typeof(FunctionAlias))]
[JsonSerializable(typeof(ProvisionedConcurrency))]
[JsonSerializable(typeof(Layer))]
[JsonSerializable(typeof(LayerVersion))]
[JsonSerializable(typeof(FunctionUrl))]
[JsonSerializable(typeof(EventInvokeConfig))]
[JsonSerializable(typeof(QueuedEvent))]
internal sealed partial class LambdaState : JsonSerializerContext;
