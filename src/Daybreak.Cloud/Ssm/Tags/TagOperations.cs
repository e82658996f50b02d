using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Tags;

/// <summary>Tags of parameters.</summary>
internal sealed class TagOperations(ParameterStore parameters, ParameterAccess access)
{
    private const int MostTags = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            Row<AddTagsToResourceRequest, NoMembers>("AddTagsToResource", AddAsync, static request => KeysOf(request.Tags)),
            Row<RemoveTagsFromResourceRequest, NoMembers>(
                "RemoveTagsFromResource",
                RemoveAsync,
                static request => new ContextKeys { { "aws:TagKeys", request.TagKeys.ToArray() } }
            ),
            Row<ListTagsForResourceRequest, ListTagsForResourceResponse>(
                "ListTagsForResource",
                (request, context) => ValueTask.FromResult(List(request, context))
            ),
        ];

    public ValueTask<NoMembers> AddAsync(AddTagsToResourceRequest request, OperationContext context) =>
        parameters.ChangeAsync<NoMembers>(
            KeyOf(request, context),
            found =>
                found is null
                    ? throw SsmErrors.InvalidResourceId()
                    : (found with { Tags = Added(found.Tags, request.Tags) }, NoMembers.Instance)
        );

    public ValueTask<NoMembers> RemoveAsync(RemoveTagsFromResourceRequest request, OperationContext context) =>
        parameters.ChangeAsync<NoMembers>(
            KeyOf(request, context),
            found =>
                found is null
                    ? throw SsmErrors.InvalidResourceId()
                    : (found with { Tags = found.Tags?.RemoveRange(request.TagKeys) }, NoMembers.Instance)
        );

    public ListTagsForResourceResponse List(ListTagsForResourceRequest request, OperationContext context)
    {
        var parameter = parameters.Find(KeyOf(request, context)) ?? throw SsmErrors.InvalidResourceId();
        return new ListTagsForResourceResponse
        {
            TagList = [.. parameter.Tags?.Select(static tag => new ParameterTag { Key = tag.Key, Value = tag.Value }) ?? []],
        };
    }

    /// <summary>Tags with more of them.</summary>
    /// <exception cref="Aws.AwsException">There are too many.</exception>
    public static ImmutableSortedDictionary<string, string>? Added(
        ImmutableSortedDictionary<string, string>? tags,
        IReadOnlyList<ParameterTag> added
    )
    {
        if (added.Count == 0)
            return tags;
        var all = (tags ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).SetItems(
            added.Select(static tag => KeyValuePair.Create(tag.Key, tag.Value))
        );
        return all.Count <= MostTags ? all : throw SsmErrors.TooManyTags();
    }

    public static ContextKeys KeysOf(IReadOnlyList<ParameterTag> tags)
    {
        var keys = new ContextKeys();
        if (tags.Count > 0)
            keys.Add("aws:TagKeys", tags.Select(static tag => tag.Key).ToArray());
        foreach (var tag in tags)
            keys.Add("aws:RequestTag/" + tag.Key, tag.Value);
        return keys;
    }

    private AwsOperation Row<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        Func<TRequest, ContextKeys>? keys = null
    )
        where TRequest : class, INamesTagged
        where TResponse : class =>
        access.Row(
            name,
            (request, context) =>
                request.ResourceType == "Parameter"
                    ? run(request, context)
                    : throw NotImplemented.Of($"the parameter ResourceType of {name} with the value {request.ResourceType}"),
            static (request, context) => [KeyOf(request, context)],
            keys
        );

    private static ResourceKey KeyOf(INamesTagged request, OperationContext context) =>
        ParameterName.KeyOf(request.ResourceId, context.AccountId, context.Region);
}
