using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Tags;

/// <summary>A label on a resource.</summary>
internal sealed record Tag
{
    private const int MostKey = 127;
    private const int MostValue = 255;
    private const int MostTags = 50;

    public string? Key { get; init; }

    /// <summary>May be empty.</summary>
    public string? Value { get; init; }

    public static IReadOnlyList<Tag> List(Resource resource) =>
        [.. resource.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    /// <summary>The tags of a resource after <paramref name="added"/> came to them.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue or TagLimitExceeded</exception>
    public static ImmutableSortedDictionary<string, string> Merge(ImmutableSortedDictionary<string, string> tags, IReadOnlyList<Tag> added)
    {
        foreach (var tag in added)
        {
            if (tag.Key is not { Length: > 0 } key)
                throw Ec2Errors.InvalidValue("Tag key cannot be null or empty");
            if (key.Length > MostKey)
                throw Ec2Errors.InvalidValue($"Tag key exceeds the maximum length of {MostKey} characters");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw Ec2Errors.InvalidValue("Tag keys starting with 'aws:' are reserved for internal use");
            if (tag.Value is { Length: > MostValue })
                throw Ec2Errors.InvalidValue($"Tag value exceeds the maximum length of {MostValue} characters");
            tags = tags.SetItem(key, tag.Value ?? "");
        }
        return tags.Count <= MostTags ? tags : throw Ec2Errors.TooManyTags(MostTags);
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

    /// <summary>The tags that a request gives to what it makes.</summary>
    /// <param name="kind">Of what it makes: <c>vpc</c>.</param>
    /// <exception cref="Aws.AwsException">Tags for something that the request does not make, one key twice, or a bad tag.</exception>
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
