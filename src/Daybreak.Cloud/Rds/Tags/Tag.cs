using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Rds.Tags;

/// <summary>A label on a resource.</summary>
internal sealed partial record Tag
{
    private const int MaxKey = 128;
    private const int MaxValue = 256;
    private const int MaxTags = 50;

    public string? Key { get; init; }

    /// <summary>May be empty.</summary>
    public string? Value { get; init; }

    /// <summary>Returns the tags of a resource with <paramref name="added"/>.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue or InvalidParameterCombination</exception>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> tags, IReadOnlyList<Tag>? added)
    {
        var merged = new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal);
        foreach (var tag in added ?? [])
        {
            var key = CheckedKey(tag.Key);
            if (tag.Value is { Length: > MaxValue })
                throw RdsErrors.InvalidValue($"The value of the tag '{key}' is longer than {MaxValue} characters.");
            merged[key] = Characters().IsMatch(tag.Value ?? "") ? tag.Value ?? "" : throw RdsErrors.TagCharacters("values");
        }
        return merged.Count <= MaxTags ? merged : throw RdsErrors.InvalidValue($"A resource cannot have more than {MaxTags} tags.");
    }

    /// <summary>Returns the tags of a resource without those of the keys, which need not exist.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public static IReadOnlyDictionary<string, string> Remove(IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> keys)
    {
        var removed = keys.Select(CheckedKey).ToHashSet(StringComparer.Ordinal);
        return tags.Where(tag => !removed.Contains(tag.Key)).ToDictionary();
    }

    public static IReadOnlyList<Tag> List(IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static string CheckedKey(string? key)
    {
        if (key is not { Length: > 0 and <= MaxKey })
            throw RdsErrors.InvalidValue($"The tag key must be between 1 and {MaxKey} characters long.");
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) || key.StartsWith("rds:", StringComparison.OrdinalIgnoreCase))
            throw RdsErrors.InvalidValue($"The tag key '{key}' must not begin with aws: or rds:.");
        return Characters().IsMatch(key) ? key : throw RdsErrors.TagCharacters("keys");
    }

    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Tag.html
    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex Characters();
}
