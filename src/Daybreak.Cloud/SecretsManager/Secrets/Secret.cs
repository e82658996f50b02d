using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.SecretsManager.Rotation;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.SecretsManager.Secrets;

/// <summary>A secret in the state.</summary>
/// <param name="Suffix">The six random characters at the end of its ARN.</param>
internal sealed record Secret(string AccountId, string Region, string Name, string Suffix, DateTimeOffset CreatedDate)
{
    public DateTimeOffset LastChangedDate { get; init; } = CreatedDate;

    public string? Description { get; init; }

    /// <summary>Null until it has had one.</summary>
    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    public ImmutableArray<SecretVersion> Versions { get; init; } = [];

    public DateTimeOffset? LastAccessedDate { get; init; }

    /// <summary>When its deletion was asked for.</summary>
    public DateTimeOffset? DeletedDate { get; init; }

    /// <summary>When it is deleted.</summary>
    public DateTimeOffset? DeletionDate { get; init; }

    /// <summary>The service that changes and deletes it, such as <c>rds</c>; null: its user does.</summary>
    public string? OwningService { get; init; }

    /// <summary>The KMS key of new values as the request named it; null: the default one.</summary>
    public string? KmsKeyId { get; init; }

    public SecretRotation? Rotation { get; init; }

    public string? Policy { get; init; }

    /// <summary>Ids of the principals that the policy names, by ARN.</summary>
    public ImmutableDictionary<string, string>? PolicyPrincipals { get; init; }

    [JsonIgnore]
    public ResourceKey Key => new(AccountId, Region, Name);

    [JsonIgnore]
    public string Arn => $"arn:aws:secretsmanager:{Region}:{AccountId}:secret:{Name}-{Suffix}";

    public SecretVersion? Version(string id) => Versions.FirstOrDefault(version => version.Id == id);

    public SecretVersion? Staged(string stage) => Versions.FirstOrDefault(version => version.Stages.Contains(stage));

    [JsonIgnore]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? StagesOfVersions =>
        Versions.Any(static version => version.Stages.Length > 0)
            ? Versions
                .Where(static version => version.Stages.Length > 0)
                .ToDictionary(static version => version.Id, static version => (IReadOnlyList<string>)version.Stages)
            : null;
}

/// <summary>A value of a secret.</summary>
/// <param name="Stored">The value, encrypted under the key of the state directory; empty while it has none.</param>
internal sealed record SecretVersion(string Id, byte[] Stored, bool IsBinary, DateTimeOffset CreatedDate, ImmutableArray<string> Stages)
{
    /// <summary>False before a rotation has given it one.</summary>
    [JsonIgnore]
    public bool HasValue => Stored.Length > 0;

    /// <summary>The KMS key under which it is; null: the default one.</summary>
    public string? KmsKeyId { get; init; }

    public DateTimeOffset? LastAccessedDate { get; init; }

    /// <summary>The key of the value, encrypted by the KMS key; null: the value is under the key of the state directory.</summary>
    public byte[]? EncryptedKey { get; init; }
}
