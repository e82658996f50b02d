namespace Daybreak.Aws;

/// <summary>An access key. Long-term keys (AKIA…) have no session token and no expiration; temporary ones (ASIA…) have both.</summary>
public sealed record AwsCredentials(
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken = null,
    DateTimeOffset? Expiration = null
)
{
    /// <summary>Shows only the key's id, because this text ends up in logs and exceptions.</summary>
    public override string ToString() => $"access key {AccessKeyId}";
}
