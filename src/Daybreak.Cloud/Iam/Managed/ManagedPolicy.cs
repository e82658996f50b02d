using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Managed;

/// <summary>A policy with its own ARN, in up to five versions. Immutable.</summary>
public sealed record ManagedPolicy
{
    /// <summary>The account's 12 digits, or <c>aws</c>.</summary>
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    /// <summary><c>ANPA…</c></summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required DateTimeOffset UpdateDate { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    /// <summary>The oldest version is first.</summary>
    public required ImmutableArray<ManagedPolicyVersion> Versions { get; init; }

    public required string DefaultVersionId { get; init; }

    /// <summary>Numbers are never reused.</summary>
    public required int LastVersion { get; init; }

    [JsonIgnore]
    public bool IsAwsManaged => AccountId == "aws";

    [JsonIgnore]
    public string Arn => $"arn:aws:iam::{AccountId}:policy{Path}{Name}";

    [JsonIgnore]
    public string DefaultDocument => Find(DefaultVersionId)!.Document;

    public ManagedPolicyVersion? Find(string versionId) => Versions.FirstOrDefault(version => version.VersionId == versionId);
}

/// <param name="VersionId"><c>v1</c>, <c>v2</c> …</param>
/// <param name="Document">The document exactly as given.</param>
public sealed record ManagedPolicyVersion(string VersionId, string Document, DateTimeOffset CreateDate);
