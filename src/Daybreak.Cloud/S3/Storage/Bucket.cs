using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.S3.Storage;

/// <param name="AccountId">Its owner.</param>
/// <param name="Created">Milliseconds since 1970.</param>
internal sealed record Bucket(string Name, string AccountId, string Region, long Created)
{
    /// <summary>Its row. Another bucket of the same name has another.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>What CreateBucket was told, if that is not the Region: <c>EU</c>.</summary>
    public string? Constraint { get; init; }

    /// <summary>Null: never set.</summary>
    public string? Versioning { get; init; }

    /// <summary>Settings by their subresource (<c>policy</c>, <c>cors</c>), as they were sent. An empty text stands for a default that was
    /// deleted.</summary>
    public ImmutableDictionary<string, string> Settings { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The users and roles that the policy names, by ARN: their unique ids when it was put.</summary>
    public ImmutableDictionary<string, string>? PolicyPrincipals { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:s3:::{Name}";

    [JsonIgnore]
    public bool IsVersioned => Versioning == "Enabled";
}
