using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>A role. Immutable.</summary>
public sealed record Role : Identity
{
    public const int DefaultSessionDuration = 3600;

    /// <summary>The trust policy as it was given.</summary>
    public required string TrustPolicy { get; init; }

    /// <summary>
    /// Unique ids of the users and roles that the trust policy names, by ARN: trust is in them, not in whoever comes to bear
    /// their names later.
    /// </summary>
    public ImmutableDictionary<string, string> TrustedIds { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? Description { get; init; }

    /// <summary>Seconds.</summary>
    public int MaxSessionDuration { get; init; } = DefaultSessionDuration;

    [JsonIgnore]
    public override IdentityKind Kind => IdentityKind.Role;

    /// <summary>Belongs to an AWS service, which alone may change it.</summary>
    [JsonIgnore]
    public bool IsServiceLinked => Path.StartsWith("/aws-service-role/", StringComparison.Ordinal);
}
