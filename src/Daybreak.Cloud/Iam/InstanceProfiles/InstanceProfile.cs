using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.InstanceProfiles;

/// <summary>Gives an EC2 instance its role. Immutable.</summary>
public sealed record InstanceProfile
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    /// <summary><c>AIPA…</c></summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>The unique id of its role; null when it has none.</summary>
    public string? RoleId { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    [JsonIgnore]
    public string Arn => $"arn:aws:iam::{AccountId}:instance-profile{Path}{Name}";
}
