using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>A role. Immutable.</summary>
public sealed record Role : Identity
{
    public const int DefaultSessionDuration = 3600;

    /// <summary>The trust policy exactly as given.</summary>
    public required string TrustPolicy { get; init; }

    /// <summary>
    /// Unique ids of the users and roles that the trust policy names, by ARN. Trust applies to these, not to later principals with the same
    /// names.
    /// </summary>
    public ImmutableDictionary<string, string> TrustedIds { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? Description { get; init; }

    /// <summary>Seconds.</summary>
    public int MaxSessionDuration { get; init; } = DefaultSessionDuration;

    [JsonIgnore]
    public override IdentityKind Kind => IdentityKind.Role;

    /// <summary>Whether it belongs to an AWS service, which is the only one that may change it.</summary>
    [JsonIgnore]
    public bool IsServiceLinked => Path.StartsWith("/aws-service-role/", StringComparison.Ordinal);
}
