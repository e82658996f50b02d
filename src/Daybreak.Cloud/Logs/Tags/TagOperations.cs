using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Tags;

/// <summary>Tags of log groups, in both generations of operations.</summary>
internal sealed class TagOperations(LogGroups groups)
{
    private const int Limit = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<ListTagsForResourceRequest, ListTagsResponse>("ListTagsForResource", List)
            {
                Resource = static (r, _) => r.ResourceArn,
            },
            new AwsOperation<TagResourceRequest, NoMembers>("TagResource", TagAsync)
            {
                Resource = static (r, _) => r.ResourceArn,
                Keys = static (r, _) => KeysOf(r.Tags),
            },
            new AwsOperation<UntagResourceRequest, NoMembers>("UntagResource", UntagAsync)
            {
                Resource = static (r, _) => r.ResourceArn,
                Keys = static (r, _) => KeysOf(r.TagKeys),
            },
            new AwsOperation<LogGroupRequest, ListTagsResponse>("ListTagsLogGroup", List)
            {
                Resource = static (r, c) => LogsArn.Contents(c, r.LogGroupName),
            },
            new AwsOperation<TagLogGroupRequest, NoMembers>("TagLogGroup", TagAsync)
            {
                Resource = static (r, c) => LogsArn.Contents(c, r.LogGroupName),
                Keys = static (r, _) => KeysOf(r.Tags),
            },
            new AwsOperation<UntagLogGroupRequest, NoMembers>("UntagLogGroup", UntagAsync)
            {
                Resource = static (r, c) => LogsArn.Contents(c, r.LogGroupName),
                Keys = static (r, _) => KeysOf(r.Tags),
            },
        ];

    public ListTagsResponse List(ListTagsForResourceRequest request, OperationContext context) => List(KeyOf(request.ResourceArn, context));

    public ListTagsResponse List(LogGroupRequest request, OperationContext context) => List(KeyOf(context, request.LogGroupName));

    public ValueTask<NoMembers> TagAsync(TagResourceRequest request, OperationContext context) =>
        AddAsync(KeyOf(request.ResourceArn, context), request.Tags);

    public ValueTask<NoMembers> TagAsync(TagLogGroupRequest request, OperationContext context) =>
        AddAsync(KeyOf(context, request.LogGroupName), request.Tags);

    public ValueTask<NoMembers> UntagAsync(UntagResourceRequest request, OperationContext context) =>
        RemoveAsync(KeyOf(request.ResourceArn, context), request.TagKeys);

    public ValueTask<NoMembers> UntagAsync(UntagLogGroupRequest request, OperationContext context) =>
        RemoveAsync(KeyOf(context, request.LogGroupName), request.Tags);

    /// <summary>Tags of AWS itself are not for users.</summary>
    /// <exception cref="AwsException">A key begins with <c>aws:</c>.</exception>
    public static void Check(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags?.Keys.Any(static key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) == true)
            throw LogsErrors.InvalidParameter("aws: prefixed tag key names are not allowed for external use.");
    }

    /// <summary>The context keys of a request with tags.</summary>
    public static IContextKeys KeysOf(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null)
            return ContextKeys.None;
        var keys = new ContextKeys { { "aws:TagKeys", tags.Keys.ToArray() } };
        foreach (var (key, value) in tags)
            keys.Add("aws:RequestTag/" + key, value);
        return keys;
    }

    private static ContextKeys KeysOf(IReadOnlyList<string> tagKeys) => new ContextKeys { { "aws:TagKeys", tagKeys.ToArray() } };

    private ListTagsResponse List(ResourceKey key) => new() { Tags = (groups.Find(key) ?? throw LogsErrors.GroupNotFound()).Settings.Tags };

    private async ValueTask<NoMembers> AddAsync(ResourceKey key, IReadOnlyDictionary<string, string> tags)
    {
        Check(tags);
        await groups.ChangeAsync(
            key,
            settings =>
            {
                var changed = settings.Tags.SetItems(tags);
                return changed.Count <= Limit ? settings with { Tags = changed } : throw LogsErrors.TooManyTags();
            }
        );
        return NoMembers.Instance;
    }

    private async ValueTask<NoMembers> RemoveAsync(ResourceKey key, IReadOnlyList<string> tagKeys)
    {
        await groups.ChangeAsync(key, settings => settings with { Tags = settings.Tags.RemoveRange(tagKeys) });
        return NoMembers.Instance;
    }

    private static ResourceKey KeyOf(string arn, OperationContext context) =>
        Arn.TryParse(arn, out _) && !LogsArn.IsElsewhere(arn, context)
            ? KeyOf(context, LogsArn.NameOf(arn))
            : throw LogsErrors.GroupNotFound();

    private static ResourceKey KeyOf(OperationContext context, string name) => new(context.AccountId, context.Region, name);
}
