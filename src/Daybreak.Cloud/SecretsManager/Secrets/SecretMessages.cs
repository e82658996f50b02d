using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.SecretsManager.Rotation;

namespace Daybreak.Cloud.SecretsManager.Secrets;

/// <summary>The name or the ARN of a secret.</summary>
internal sealed class SecretIdAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(1, 2048)];
}

internal sealed class ClientTokenAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(32, 64)];
}

internal interface INamesSecret
{
    string SecretId { get; }
}

internal sealed record SecretTag
{
    [Length(1, 128)]
    public string? Key { get; init; }

    [Length(0, 256)]
    public string? Value { get; init; }
}

internal sealed record CreateSecretRequest
{
    [Length(1, 512)]
    public required string Name { get; init; }

    [ClientToken]
    public string? ClientRequestToken { get; init; }

    [Length(0, 2048)]
    public string? Description { get; init; }

    [Length(0, 2048)]
    public string? KmsKeyId { get; init; }

    [Sensitive, Length(1, 65536)]
    public ReadOnlyMemory<byte>? SecretBinary { get; init; }

    [Sensitive, Length(1, 65536)]
    public string? SecretString { get; init; }

    public IReadOnlyList<SecretTag>? Tags { get; init; }

    [NotImplemented]
    public IReadOnlyList<NoReplica>? AddReplicaRegions { get; init; }

    [NotImplemented]
    public bool? ForceOverwriteReplicaSecret { get; init; }

    [NotImplemented]
    public string? Type { get; init; }
}

/// <summary>A replica: its members do not matter, since it is refused.</summary>
internal sealed record NoReplica
{
    public string? Region { get; init; }

    public string? KmsKeyId { get; init; }
}

internal sealed record SecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }
}

internal sealed record UpdateSecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [ClientToken]
    public string? ClientRequestToken { get; init; }

    [Length(0, 2048)]
    public string? Description { get; init; }

    [Length(0, 2048)]
    public string? KmsKeyId { get; init; }

    [Sensitive, Length(1, 65536)]
    public ReadOnlyMemory<byte>? SecretBinary { get; init; }

    [Sensitive, Length(1, 65536)]
    public string? SecretString { get; init; }

    [NotImplemented]
    public string? Type { get; init; }
}

internal sealed record DeleteSecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    public long? RecoveryWindowInDays { get; init; }

    public bool? ForceDeleteWithoutRecovery { get; init; }
}

internal sealed record TagSecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    public required IReadOnlyList<SecretTag> Tags { get; init; }
}

internal sealed record UntagSecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [Length(1, 128, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ListSecretsRequest
{
    public bool? IncludePlannedDeletion { get; init; }

    [Range(1, 100)]
    public int? MaxResults { get; init; }

    [Length(1, 4096)]
    public string? NextToken { get; init; }

    [Length(0, 10)]
    public IReadOnlyList<SecretFilter>? Filters { get; init; }

    [Values("asc", "desc")]
    public string? SortOrder { get; init; }

    [Values("created-date", "last-accessed-date", "last-changed-date", "name")]
    public string? SortBy { get; init; }
}

internal sealed record SecretFilter
{
    [Values("description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all")]
    public string? Key { get; init; }

    [Length(1, 10), Length(1, 512, OfItems = true), Pattern(@"\!?[a-zA-Z0-9 :_@\/\+\=\.\-\!]*", OfItems = true)]
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>What most operations answer.</summary>
internal sealed record SecretResponse
{
    public string? ARN { get; init; }

    public string? Name { get; init; }

    public string? VersionId { get; init; }

    public IReadOnlyList<string>? VersionStages { get; init; }

    public DateTimeOffset? DeletionDate { get; init; }

    public string? ResourcePolicy { get; init; }
}

/// <summary>A secret without its values.</summary>
internal sealed record SecretDescription
{
    public string? ARN { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? LastChangedDate { get; init; }

    public DateTimeOffset? LastAccessedDate { get; init; }

    public DateTimeOffset? DeletedDate { get; init; }

    public IReadOnlyList<SecretTag>? Tags { get; init; }

    public bool? RotationEnabled { get; init; }

    public string? RotationLambdaARN { get; init; }

    public RotationRules? RotationRules { get; init; }

    public DateTimeOffset? LastRotatedDate { get; init; }

    public DateTimeOffset? NextRotationDate { get; init; }

    public string? OwningService { get; init; }

    public string? KmsKeyId { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? VersionIdsToStages { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SecretVersionsToStages { get; init; }

    public DateTimeOffset? CreatedDate { get; init; }

    /// <param name="inList">The map of versions has another name in a list.</param>
    public static SecretDescription Of(Secret secret, bool inList) =>
        new()
        {
            ARN = secret.Arn,
            Name = secret.Name,
            Description = secret.Description,
            LastChangedDate = secret.LastChangedDate,
            LastAccessedDate = secret.LastAccessedDate,
            DeletedDate = secret.DeletedDate,
            Tags = secret.Tags?.Select(static tag => new SecretTag { Key = tag.Key, Value = tag.Value }).ToList(),
            RotationEnabled = secret.Rotation?.IsEnabled,
            RotationLambdaARN = secret.Rotation?.FunctionArn,
            RotationRules = RulesOf(secret.Rotation),
            LastRotatedDate = secret.Rotation?.Last,
            NextRotationDate = secret.Rotation?.Next,
            OwningService = secret.OwningService,
            KmsKeyId = secret.KmsKeyId,
            VersionIdsToStages = inList ? null : secret.StagesOfVersions,
            SecretVersionsToStages = inList ? secret.StagesOfVersions : null,
            CreatedDate = secret.CreatedDate,
        };

    private static RotationRules? RulesOf(SecretRotation? rotation) =>
        rotation is null or { Days: null, Schedule: null }
            ? null
            : new RotationRules
            {
                AutomaticallyAfterDays = rotation.Days,
                ScheduleExpression = rotation.Schedule,
                Duration = rotation.Duration,
            };
}

internal sealed record ListSecretsResponse
{
    public required IReadOnlyList<SecretDescription> SecretList { get; init; }

    public string? NextToken { get; init; }
}
