using System.Collections.Immutable;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>The rules of tags: keys must differ in more than case, those of AWS are reserved, and there are at most 50.</summary>
internal static class TagSet
{
    public const int Limit = 50;

    /// <summary>Returns the tags of a new resource.</summary>
    public static ImmutableArray<Tag> New(IReadOnlyList<Tag>? tags) => Merge([], tags ?? []);

    /// <summary>Values of existing keys are replaced.</summary>
    public static ImmutableArray<Tag> Merge(ImmutableArray<Tag> old, IReadOnlyList<Tag> added)
    {
        if (added.Any(static tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw IamErrors.InvalidInput("aws: prefixed tag key names are not allowed for external use.");
        if (added.DistinctBy(static tag => tag.Key, StringComparer.OrdinalIgnoreCase).Count() != added.Count)
            throw IamErrors.InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        var merged = Remove(old, [.. added.Select(static tag => tag.Key)]).AddRange(added);
        return merged.Length <= Limit ? merged : throw IamErrors.LimitExceeded("The number of tags has reached the maximum limit.");
    }

    public static ImmutableArray<Tag> Remove(ImmutableArray<Tag> old, IReadOnlyList<string> keys) =>
        old.RemoveAll(tag => keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Returns null when there are none, because most answers omit the member then.</summary>
    public static IReadOnlyList<Tag>? OrNull(ImmutableArray<Tag> tags) => tags.IsEmpty ? null : tags;
}
