using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms.Keys;
using Daybreak.Cloud.Kms.Policies;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Kms.Tags;

/// <summary>Tags of keys.</summary>
internal sealed class TagOperations(KeyStore keys, KeyPolicies policies)
{
    private const int MostTags = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            policies.Row<TagResourceRequest, NoMembers>("TagResource", AddAsync, static request => KeysOf(request.Tags)),
            policies.Row<UntagResourceRequest, NoMembers>(
                "UntagResource",
                RemoveAsync,
                static request => new ContextKeys { { "aws:TagKeys", request.TagKeys.ToArray() } }
            ),
            policies.Row<ListResourceTagsRequest, ListResourceTagsResponse>(
                "ListResourceTags",
                (request, context) => ValueTask.FromResult(List(request, context))
            ),
        ];

    public async ValueTask<NoMembers> AddAsync(TagResourceRequest request, OperationContext context)
    {
        await keys.ChangeAsync(request.KeyId, context, key => KeyOperations.Kept(key) with { Tags = Added(key.Tags, request.Tags) });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> RemoveAsync(UntagResourceRequest request, OperationContext context)
    {
        await keys.ChangeAsync(
            request.KeyId,
            context,
            key => KeyOperations.Kept(key) with { Tags = key.Tags?.RemoveRange(request.TagKeys) }
        );
        return NoMembers.Instance;
    }

    public ListResourceTagsResponse List(ListResourceTagsRequest request, OperationContext context)
    {
        var tags = keys.Named(request.KeyId, context).Tags ?? ImmutableSortedDictionary<string, string>.Empty;
        var page = Page.Of(tags, static tag => tag.Key, request.Limit ?? MostTags, request.Marker);
        return new ListResourceTagsResponse
        {
            Tags = [.. page.Items.Select(static tag => new KeyTag { TagKey = tag.Key, TagValue = tag.Value })],
            NextMarker = page.NextMarker,
            Truncated = page.NextMarker is not null,
        };
    }

    /// <summary>Tags with more of them.</summary>
    /// <exception cref="Aws.AwsException">They cannot be.</exception>
    public static ImmutableSortedDictionary<string, string>? Added(
        ImmutableSortedDictionary<string, string>? tags,
        IReadOnlyList<KeyTag> added
    )
    {
        if (added.Count == 0)
            return tags;
        if (added.Select(static tag => tag.TagKey).Distinct(StringComparer.Ordinal).Count() < added.Count)
            throw KmsErrors.DuplicateTags();
        if (added.Any(static tag => tag.TagKey.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw KmsErrors.ReservedTag();
        var all = (tags ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).SetItems(
            added.Select(static tag => KeyValuePair.Create(tag.TagKey, tag.TagValue))
        );
        return all.Count <= MostTags ? all : throw KmsErrors.TooManyTags();
    }

    public static ContextKeys KeysOf(IReadOnlyList<KeyTag> tags)
    {
        var result = new ContextKeys();
        if (tags.Count > 0)
            result.Add("aws:TagKeys", tags.Select(static tag => tag.TagKey).ToArray());
        foreach (var tag in tags)
            result.Add("aws:RequestTag/" + tag.TagKey, tag.TagValue);
        return result;
    }
}
