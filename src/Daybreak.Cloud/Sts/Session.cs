using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Aws;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Sts;

/// <summary>Temporary credentials and their owner. Immutable.</summary>
[JsonDerivedType(typeof(RoleSession), "role")]
[JsonDerivedType(typeof(UserSession), "user")]
[JsonDerivedType(typeof(FederatedSession), "federated")]
public abstract record Session
{
    public required string AccountId { get; init; }

    /// <summary><c>ASIA…</c></summary>
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public required string SessionToken { get; init; }

    public required DateTimeOffset IssueTime { get; init; }

    public required DateTimeOffset Expiration { get; init; }

    /// <summary>Session policies given as documents.</summary>
    public ImmutableArray<string> PolicyDocuments { get; init; } = [];

    /// <summary>Session policies given as ARNs of managed policies.</summary>
    public ImmutableArray<string> PolicyArns { get; init; } = [];

    public ImmutableArray<Tag> Tags { get; init; } = [];

    /// <summary>Keys of tags that sessions started by this one inherit.</summary>
    public ImmutableArray<string> TransitiveTagKeys { get; init; } = [];

    public string? SourceIdentity { get; init; }

    [JsonIgnore]
    public AwsCredentials Credentials => new(AccessKeyId, SecretAccessKey, SessionToken, Expiration);

    /// <summary>Shows only the key's id, because this text ends up in logs.</summary>
    public sealed override string ToString() => $"session {AccessKeyId}";
}

/// <summary>A session of AssumeRole, or of a service that assumed a role.</summary>
public sealed record RoleSession : Session
{
    public required string RoleId { get; init; }

    public required string RoleArn { get; init; }

    public required string SessionName { get; init; }

    /// <summary>
    /// The local server for which a service assumed the role. Only that server may use the keys, as long as they are valid.
    /// </summary>
    public string? Server { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:sts::{AccountId}:assumed-role/{RoleArn[(RoleArn.LastIndexOf('/') + 1)..]}/{SessionName}";
}

/// <summary>A session of GetSessionToken.</summary>
public sealed record UserSession : Session
{
    /// <summary>The user's unique id; the account of a root.</summary>
    public required string UserId { get; init; }
}

/// <summary>A session of GetFederationToken.</summary>
public sealed record FederatedSession : Session
{
    public required string UserId { get; init; }

    public required string Name { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:sts::{AccountId}:federated-user/{Name}";
}
