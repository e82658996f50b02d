using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager.Values;

internal sealed record GetSecretValueRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [ClientToken]
    public string? VersionId { get; init; }

    [Length(1, 256)]
    public string? VersionStage { get; init; }
}

internal sealed record GetSecretValueResponse
{
    public string? ARN { get; init; }

    public string? Name { get; init; }

    public string? VersionId { get; init; }

    public ReadOnlyMemory<byte>? SecretBinary { get; init; }

    public string? SecretString { get; init; }

    public IReadOnlyList<string>? VersionStages { get; init; }

    public DateTimeOffset? CreatedDate { get; init; }

    // A record would write its members.
    public override string ToString() => nameof(GetSecretValueResponse);
}

internal sealed record PutSecretValueRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [ClientToken]
    public string? ClientRequestToken { get; init; }

    [Sensitive, Length(1, 65536)]
    public ReadOnlyMemory<byte>? SecretBinary { get; init; }

    [Sensitive, Length(1, 65536)]
    public string? SecretString { get; init; }

    [Length(1, 20), Length(1, 256, OfItems = true)]
    public IReadOnlyList<string>? VersionStages { get; init; }

    [NotImplemented]
    public string? RotationToken { get; init; }
}

internal sealed record UpdateSecretVersionStageRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [Length(1, 256)]
    public required string VersionStage { get; init; }

    [ClientToken]
    public string? RemoveFromVersionId { get; init; }

    [ClientToken]
    public string? MoveToVersionId { get; init; }
}

internal sealed record ListSecretVersionIdsRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [Range(1, 100)]
    public int? MaxResults { get; init; }

    [Length(1, 4096)]
    public string? NextToken { get; init; }

    public bool? IncludeDeprecated { get; init; }
}

internal sealed record ListSecretVersionIdsResponse
{
    public required IReadOnlyList<VersionEntry> Versions { get; init; }

    public string? NextToken { get; init; }

    public string? ARN { get; init; }

    public string? Name { get; init; }
}

internal sealed record VersionEntry
{
    public string? VersionId { get; init; }

    public IReadOnlyList<string>? VersionStages { get; init; }

    public DateTimeOffset? CreatedDate { get; init; }

    public DateTimeOffset? LastAccessedDate { get; init; }

    public IReadOnlyList<string>? KmsKeyIds { get; init; }
}

internal sealed record GetRandomPasswordRequest
{
    [Range(1, 4096)]
    public long? PasswordLength { get; init; }

    [Length(0, 4096)]
    public string? ExcludeCharacters { get; init; }

    public bool? ExcludeNumbers { get; init; }

    public bool? ExcludePunctuation { get; init; }

    public bool? ExcludeUppercase { get; init; }

    public bool? ExcludeLowercase { get; init; }

    public bool? IncludeSpace { get; init; }

    public bool? RequireEachIncludedType { get; init; }
}

internal sealed record GetRandomPasswordResponse
{
    public string? RandomPassword { get; init; }

    // A record would write its members.
    public override string ToString() => nameof(GetRandomPasswordResponse);
}
