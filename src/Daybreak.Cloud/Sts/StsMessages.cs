using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Sts;

public sealed record AssumeRoleRequest
{
    [Length(20, 2048)]
    public required string RoleArn { get; init; }

    [Length(2, 64), Pattern(@"[\w+=,.@-]*")]
    public required string RoleSessionName { get; init; }

    [Length(0, 10)]
    public IReadOnlyList<PolicyDescriptor>? PolicyArns { get; init; }

    [Length(1, 2048), Pattern(IamName.DocumentPattern)]
    public string? Policy { get; init; }

    [Range(900, 43200)]
    public int? DurationSeconds { get; init; }

    [Length(0, TagSet.Limit)]
    public IReadOnlyList<Tag>? Tags { get; init; }

    [Length(0, TagSet.Limit), Length(1, 128, OfItems = true), Pattern(IamName.TagKeyPattern, OfItems = true)]
    public IReadOnlyList<string>? TransitiveTagKeys { get; init; }

    [Length(2, 1224), Pattern(@"[\w+=,.@:\/-]*")]
    public string? ExternalId { get; init; }

    [NotImplemented]
    public string? SerialNumber { get; init; }

    [NotImplemented]
    public string? TokenCode { get; init; }

    [Length(2, 64), Pattern(@"[\w+=,.@-]*")]
    public string? SourceIdentity { get; init; }
}

public sealed record PolicyDescriptor
{
    // The model spells this name in lower case.
    [WireName("arn"), Length(20, 2048)]
    public string? Arn { get; init; }
}

public sealed record AssumeRoleResponse
{
    public required CredentialsDescription Credentials { get; init; }

    public required AssumedRoleUser AssumedRoleUser { get; init; }

    /// <summary>Per cent of the limit for policies and tags; only when some were passed.</summary>
    public int? PackedPolicySize { get; init; }

    public string? SourceIdentity { get; init; }
}

public sealed record AssumedRoleUser
{
    public required string AssumedRoleId { get; init; }

    public required string Arn { get; init; }
}

public sealed record CredentialsDescription
{
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public required string SessionToken { get; init; }

    public required DateTimeOffset Expiration { get; init; }

    internal static CredentialsDescription Of(Session session) =>
        new()
        {
            AccessKeyId = session.AccessKeyId,
            SecretAccessKey = session.SecretAccessKey,
            SessionToken = session.SessionToken,
            Expiration = session.Expiration,
        };

    public override string ToString() => $"session {AccessKeyId}";
}

public sealed record GetCallerIdentityResponse
{
    public required string UserId { get; init; }

    public required string Account { get; init; }

    public required string Arn { get; init; }
}

public sealed record GetSessionTokenRequest
{
    [Range(900, 129600)]
    public int? DurationSeconds { get; init; }

    [NotImplemented]
    public string? SerialNumber { get; init; }

    [NotImplemented]
    public string? TokenCode { get; init; }
}

public sealed record GetSessionTokenResponse
{
    public required CredentialsDescription Credentials { get; init; }
}

public sealed record GetFederationTokenRequest
{
    [Length(2, 32), Pattern(@"[\w+=,.@-]*")]
    public required string Name { get; init; }

    [Length(1, 2048), Pattern(IamName.DocumentPattern)]
    public string? Policy { get; init; }

    [Length(0, 10)]
    public IReadOnlyList<PolicyDescriptor>? PolicyArns { get; init; }

    [Range(900, 129600)]
    public int? DurationSeconds { get; init; }

    [Length(0, TagSet.Limit)]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

public sealed record GetFederationTokenResponse
{
    public required CredentialsDescription Credentials { get; init; }

    public required FederatedUserDescription FederatedUser { get; init; }

    public required int PackedPolicySize { get; init; }
}

public sealed record FederatedUserDescription
{
    public required string FederatedUserId { get; init; }

    public required string Arn { get; init; }
}

public sealed record GetAccessKeyInfoRequest
{
    [Length(12, 128), Pattern(@"[\w]*")]
    public required string AccessKeyId { get; init; }
}

public sealed record GetAccessKeyInfoResponse
{
    public required string Account { get; init; }
}
