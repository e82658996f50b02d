using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>A key in the state.</summary>
/// <param name="Materials">What encrypts, from the oldest to the current one; there is at least one.</param>
internal sealed record Key(
    string AccountId,
    string Region,
    string Id,
    DateTimeOffset CreationDate,
    ImmutableArray<KeyMaterial> Materials,
    string Policy
)
{
    public string Description { get; init; } = "";

    public bool IsDisabled { get; init; }

    /// <summary>When it is deleted; null: nobody asked for that.</summary>
    public DateTimeOffset? DeletionDate { get; init; }

    /// <summary>The alias of a key of AWS's own, such as <c>alias/aws/ssm</c>; null: a user's key.</summary>
    public string? ManagedAlias { get; init; }

    /// <summary>Ids of the principals that the policy names, by ARN.</summary>
    public ImmutableDictionary<string, string>? PolicyPrincipals { get; init; }

    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    public KeyRotation? Rotation { get; init; }

    [JsonIgnore]
    public ResourceKey Place => new(AccountId, Region, Id);

    [JsonIgnore]
    public string Arn => KeyReference.ArnOf(Place);

    [JsonIgnore]
    public bool IsEnabled => !IsDisabled && DeletionDate is null;

    [JsonIgnore]
    public string State =>
        DeletionDate is not null ? "PendingDeletion"
        : IsDisabled ? "Disabled"
        : "Enabled";

    [JsonIgnore]
    public KeyMaterial Current => Materials[^1];
}

/// <param name="Id">64 hexadecimal digits.</param>
/// <param name="Stored">The key itself, encrypted under the key of the state directory.</param>
internal sealed record KeyMaterial(string Id, byte[] Stored);

/// <summary>New material every so many days.</summary>
internal sealed record KeyRotation(int Days, DateTimeOffset Next);
