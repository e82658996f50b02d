using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Invoking;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>A version of a function as it is stored. Immutable: a change makes a new value.</summary>
public sealed record FunctionState : IHasCode
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string FunctionName { get; init; }

    /// <summary>Always <c>$LATEST</c>, as there are no other versions.</summary>
    [JsonIgnore]
    public string Version { get; init; } = FunctionReference.Latest;

    public required string Role { get; init; }

    public required string Runtime { get; init; }

    public required string Handler { get; init; }

    public string Description { get; init; } = "";

    public int Timeout { get; init; } = 3;

    public int MemorySize { get; init; } = 128;

    public int EphemeralStorageSize { get; init; } = 512;

    public string Architecture { get; init; } = "x86_64";

    public required string LogGroup { get; init; }

    /// <summary>Null when variables were never set, which AWS shows differently from an empty map.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public required FunctionCode Code { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public required string RevisionId { get; init; }

    public required FunctionPhase Phase { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public FunctionReference Reference => new(AccountId, Region, FunctionName, null);

    /// <summary>The state after a pending creation or update has completed. This changes the revision once more, as on AWS.</summary>
    public FunctionState Settled() =>
        Phase == FunctionPhase.Ready ? this : this with { Phase = FunctionPhase.Ready, RevisionId = Guid.NewGuid().ToString() };
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

[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(FunctionState))]
[JsonSerializable(typeof(QueuedEvent))]
internal sealed partial class LambdaState : JsonSerializerContext;
