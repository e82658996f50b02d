using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Managed;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>Tags of users or roles.</summary>
public sealed class IdentityTags<T>(IdentityTable<T> table)
    where T : Identity
{
    public async ValueTask<NoMembers> TagAsync(OperationContext context, string name, IReadOnlyList<Tag> tags)
    {
        var identity = table.Get(context, name);
        await table.PutAsync((T)(identity with { Tags = TagSet.Merge(identity.Tags, tags) }));
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> UntagAsync(OperationContext context, string name, IReadOnlyList<string> keys)
    {
        var identity = table.Get(context, name);
        await table.PutAsync((T)(identity with { Tags = TagSet.Remove(identity.Tags, keys) }));
        return NoMembers.Instance;
    }

    public ListTagsResponse List(OperationContext context, string name, PagedRequest paging)
    {
        var page = Page.Of(table.Get(context, name).Tags, static tag => tag.Key, paging.Marker, paging.MaxItems);
        return new ListTagsResponse
        {
            Tags = page.Items,
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }
}
