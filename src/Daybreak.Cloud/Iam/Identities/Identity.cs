using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>The common properties of users, groups and roles: a name, a path and policies. Immutable.</summary>
public abstract record Identity
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary><c>/</c> or <c>/…/</c>.</summary>
    public required string Path { get; init; }

    /// <c>AROA…</c>, <c>AIDA…</c>, <c>AGPA…</c>: never reused, not even for the same name.
    public required string Id { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>ARNs of managed policies, in the order in which they were attached.</summary>
    public ImmutableArray<string> AttachedPolicies { get; init; } = [];

    /// <summary>Documents by name.</summary>
    public ImmutableSortedDictionary<string, string> InlinePolicies { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>ARN of a managed policy. Groups have none.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>Groups have none.</summary>
    public ImmutableArray<Tag> Tags { get; init; } = [];

    [JsonIgnore]
    public abstract IdentityKind Kind { get; }

    [JsonIgnore]
    public string Arn => $"arn:aws:iam::{AccountId}:{Kind.Resource}{Path}{Name}";
}
