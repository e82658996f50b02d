using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds.Tags;

/// <summary>Tags of one kind of resource.</summary>
internal interface ITagged
{
    /// <summary>The word before the name in the ARN.</summary>
    string Kind { get; }

    /// <exception cref="Aws.AwsException">There is no such resource.</exception>
    IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context);

    /// <exception cref="Aws.AwsException">There is no such resource.</exception>
    Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    );
}

/// <summary>AddTagsToResource, ListTagsForResource, RemoveTagsFromResource.</summary>
internal sealed class TagOperations(params ITagged[] kinds)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<AddTagsToResourceMessage, NoMembers>("AddTagsToResource", AddAsync)
            {
                Resource = static (r, _) => r.ResourceName ?? "*",
            },
            new AwsOperation<ListTagsForResourceMessage, TagListMessage>("ListTagsForResource", List)
            {
                Resource = static (r, _) => r.ResourceName ?? "*",
            },
            new AwsOperation<RemoveTagsFromResourceMessage, NoMembers>("RemoveTagsFromResource", RemoveAsync)
            {
                Resource = static (r, _) => r.ResourceName ?? "*",
            },
        ];

    public async ValueTask<NoMembers> AddAsync(AddTagsToResourceMessage request, OperationContext context)
    {
        if (request.Tags is not { Count: > 0 } tags)
            throw RdsErrors.Missing("Tags");
        var (kind, name) = Find(request.ResourceName, context);
        await kind.ChangeTagsAsync(name, context, before => Tag.Merge(before, tags));
        return NoMembers.Instance;
    }

    public TagListMessage List(ListTagsForResourceMessage request, OperationContext context)
    {
        Filter.None(request.Filters);
        var (kind, name) = Find(request.ResourceName, context);
        return new TagListMessage { TagList = Tag.List(kind.TagsOf(name, context)) };
    }

    public async ValueTask<NoMembers> RemoveAsync(RemoveTagsFromResourceMessage request, OperationContext context)
    {
        if (request.TagKeys is not { } keys)
            throw RdsErrors.Missing("TagKeys");
        var (kind, name) = Find(request.ResourceName, context);
        await kind.ChangeTagsAsync(name, context, before => Tag.Remove(before, keys));
        return NoMembers.Instance;
    }

    private (ITagged Kind, string Name) Find(string? arn, OperationContext context)
    {
        if (string.IsNullOrEmpty(arn))
            throw RdsErrors.Missing("ResourceName");
        if (arn.Split(':', 7) is ["arn", "aws", "rds", var region, var account, var kind, { Length: > 0 } name])
        {
            if (region != context.Region || account != context.AccountId)
                throw RdsErrors.InvalidValue($"The specified resource name does not match an RDS resource in this region. : {arn}");
            if (kinds.FirstOrDefault(candidate => candidate.Kind == kind) is { } found)
                return (found, name.ToLowerInvariant());
        }
        throw RdsErrors.InvalidValue($"Invalid resource name: {arn}");
    }
}

internal sealed record AddTagsToResourceMessage
{
    public string? ResourceName { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ListTagsForResourceMessage
{
    public string? ResourceName { get; init; }

    /// <summary>AWS accepts no filter here.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }
}

internal sealed record RemoveTagsFromResourceMessage
{
    public string? ResourceName { get; init; }

    public IReadOnlyList<string>? TagKeys { get; init; }
}

internal sealed record TagListMessage
{
    [ItemName("Tag")]
    public IReadOnlyList<Tag> TagList { get; init; } = [];
}
