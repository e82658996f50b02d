using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>What every resource of EC2 has, as it is kept. Immutable: a change is a new value.</summary>
internal abstract record Resource
{
    /// <summary><c>vpc-0123456789abcdef0</c></summary>
    public required string Id { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The value that a resource has for a tag's key; null without that tag.</summary>
    public static string? TagValue(Resource resource, string key) => resource.Tags.GetValueOrDefault(key);

    /// <summary>As in tag specifications and in ARNs: <c>vpc</c>, <c>security-group</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}
