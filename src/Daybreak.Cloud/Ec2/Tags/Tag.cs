using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Tags;

/// <summary>A tag of a resource.</summary>
internal sealed record Tag
{
    private const int MostKey = 127;
    private const int MostValue = 255;
    private const int MostTags = 50;
    private const string Reserved = "Tag keys starting with 'aws:' are reserved for internal use";

    public string? Key { get; init; }

    /// <summary>The value, which may be empty.</summary>
    public string? Value { get; init; }

    private bool IsReserved => Key?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == true;

    public static IReadOnlyList<Tag> List(Resource resource) =>
        [.. resource.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    /// <summary>The tags of a resource with <paramref name="added"/>.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue or TagLimitExceeded</exception>
    public static ImmutableSortedDictionary<string, string> Merge(ImmutableSortedDictionary<string, string> tags, IReadOnlyList<Tag> added)
    {
        foreach (var tag in added)
            tags = tags.SetItem(tag.CheckedKey(), tag.Value ?? "");
        return tags.Count <= MostTags ? tags : throw Ec2Errors.TooManyTags(MostTags);
    }

    /// <summary>
    /// The tags of a resource without <paramref name="removed"/>. When a value is given, the tag is only removed if it has that value.
    /// </summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public static ImmutableSortedDictionary<string, string> Remove(
        ImmutableSortedDictionary<string, string> tags,
        IReadOnlyList<Tag> removed
    )
    {
        foreach (var tag in removed)
        {
            var key = tag.CheckedKey();
            if (tag.Value is null || tags.GetValueOrDefault(key) == tag.Value)
                tags = tags.Remove(key);
        }
        return tags;
    }

    /// <summary>Checks the tags of a request about tags only. Unlike other requests, its error names the reserved key.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public static IReadOnlyList<Tag> NotReserved(IReadOnlyList<Tag> tags) =>
        tags.FirstOrDefault(tag => tag.IsReserved) is { } reserved
            ? throw Ec2Errors.InvalidValue("key", $" {reserved.Key} ", Reserved)
            : tags;

    private string CheckedKey()
    {
        if (Key is not { Length: > 0 })
            throw Ec2Errors.InvalidValue("Tag key cannot be null or empty");
        if (Key.Length > MostKey)
            throw Ec2Errors.InvalidValue($"Tag key exceeds the maximum length of {MostKey} characters");
        if (IsReserved)
            throw Ec2Errors.InvalidValue(Reserved);
        if (Value is { Length: > MostValue })
            throw Ec2Errors.InvalidValue($"Tag value exceeds the maximum length of {MostValue} characters");
        return Key;
    }
}

internal sealed record TagSpecification
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    public string? ResourceType { get; init; }

    [WireName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>The tags that a request gives to the resource that it creates.</summary>
    /// <param name="kind">Kind of that resource: <c>vpc</c>.</param>
    /// <exception cref="Aws.AwsException">The tags are for another kind of resource, a key occurs twice, or a tag is invalid.</exception>
    public static ImmutableSortedDictionary<string, string> For(CreationRequest request, string kind)
    {
        var tags = new List<Tag>();
        foreach (var specification in request.TagSpecifications ?? [])
        {
            if (specification.ResourceType != kind)
                throw Ec2Errors.InvalidValue($"'{specification.ResourceType}' is not a valid taggable resource type for this operation.");
            tags.AddRange(specification.Tags ?? []);
        }
        if (tags.GroupBy(tag => tag.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Ec2Errors.InvalidValue($"Duplicate tag key '{twice.Key}' specified.");
        return Tag.Merge(None, tags);
    }
}
