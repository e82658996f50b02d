using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Identities;

internal static class TagKeys
{
    /// <summary><c>aws:RequestTag/KEY</c> for each tag that the request passes, and <c>aws:TagKeys</c>.</summary>
    public static void AddTags(this ContextKeys keys, IReadOnlyList<Tag>? tags)
    {
        if (tags is not { Count: > 0 })
            return;
        foreach (var tag in tags)
            keys.Add($"aws:RequestTag/{tag.Key}", tag.Value);
        keys.Add("aws:TagKeys", tags.Select(static tag => tag.Key).ToArray());
    }

    /// <summary><c>aws:ResourceTag/KEY</c> for each tag of the resource, and the older name that IAM has for it.</summary>
    public static void AddResourceTags(this ContextKeys keys, IEnumerable<Tag> tags)
    {
        foreach (var tag in tags)
        {
            keys.Add($"aws:ResourceTag/{tag.Key}", tag.Value);
            keys.Add($"iam:ResourceTag/{tag.Key}", tag.Value);
        }
    }
}
