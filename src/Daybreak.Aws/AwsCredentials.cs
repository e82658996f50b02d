namespace Daybreak.Aws;

/// <summary>An access key. Long-term keys (AKIA…) have no session token and no expiration; temporary ones (ASIA…) have both.</summary>
public sealed record AwsCredentials(
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken = null,
    DateTimeOffset? Expiration = null
)
{
    /// <summary>Names the key only: credentials end up in logs and exception texts by way of this method.</summary>
    public override string ToString() => $"access key {AccessKeyId}";
}
