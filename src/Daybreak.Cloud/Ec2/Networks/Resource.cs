using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>The common part of all resources of EC2 as they are stored. Immutable: a change makes a new value.</summary>
internal abstract record Resource
{
    /// <summary><c>vpc-0123456789abcdef0</c></summary>
    public required string Id { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The value of a resource's tag; null when it has no such tag.</summary>
    public static string? TagValue(Resource resource, string key) => resource.Tags.GetValueOrDefault(key);

    /// <summary>The kind as in tag specifications and ARNs: <c>vpc</c>, <c>security-group</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Adds the context keys of its kind, beside Region and tags.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html</remarks>
    public virtual void AddKeys(ContextKeys keys, Network network) { }

    /// <summary>Whether a VPC cannot be deleted while this resource exists.</summary>
    public virtual bool KeepsVpc(string vpcId) => false;
}
