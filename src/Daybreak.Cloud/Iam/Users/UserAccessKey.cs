namespace Daybreak.Cloud.Iam.Users;

/// <summary>A long-term access key. Immutable.</summary>
public sealed record UserAccessKey
{
    public required string AccountId { get; init; }

    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    /// <summary>The user's unique id; the account of a root.</summary>
    public required string UserId { get; init; }

    public required bool IsActive { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>Shows only the key's id, because this text ends up in logs.</summary>
    public override string ToString() => $"access key {AccessKeyId}";
}
