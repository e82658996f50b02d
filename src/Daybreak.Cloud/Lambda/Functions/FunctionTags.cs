using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Tags of functions.</summary>
internal sealed class FunctionTags(FunctionStore functions, FunctionVersions versions)
{
    private const int MaxTags = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<ListTagsRequest, ListTagsResponse>("ListTags", List)
            {
                Route = "GET /2017-03-31/tags/{Resource}",
                Resource = static (r, _) => r.Resource,
            },
            new AwsOperation<TagResourceRequest, NoMembers>("TagResource", TagAsync)
            {
                Route = "POST /2017-03-31/tags/{Resource}",
                SuccessStatus = 204,
                Resource = static (r, _) => r.Resource,
            },
            new AwsOperation<UntagResourceRequest, NoMembers>("UntagResource", UntagAsync)
            {
                Route = "DELETE /2017-03-31/tags/{Resource}",
                SuccessStatus = 204,
                Resource = static (r, _) => r.Resource,
            },
        ];

    public async ValueTask<NoMembers> TagAsync(TagResourceRequest request, OperationContext context)
    {
        var reference = Function(request.Resource, context);
        if (request.Tags.Count == 0)
            throw LambdaErrors.NoTags();
        await functions.TagAsync(
            reference,
            tags =>
            {
                var merged = new Dictionary<string, string>(tags);
                foreach (var (key, value) in request.Tags)
                    merged[key] = value;
                return Checked(merged);
            }
        );
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> UntagAsync(UntagResourceRequest request, OperationContext context)
    {
        await functions.TagAsync(
            Function(request.Resource, context),
            tags => tags.Where(tag => !request.TagKeys.Contains(tag.Key)).ToDictionary()
        );
        return NoMembers.Instance;
    }

    public ListTagsResponse List(ListTagsRequest request, OperationContext context) =>
        new() { Tags = versions.Get(Function(request.Resource, context)).Tags };

    /// <exception cref="Aws.AwsException">There are more tags than AWS allows.</exception>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string> tags) =>
        tags.Count > MaxTags ? throw LambdaErrors.TooManyTags() : tags;

    public static FunctionReference Function(string resource, OperationContext context)
    {
        if (!resource.Contains(":function:", StringComparison.Ordinal))
            throw NotImplemented.Of($"tags of {resource.Split(':')[5]} resources");
        var reference = FunctionReference.Resolve(resource, null, context);
        return reference.Qualifier is null ? reference : throw LambdaErrors.TagsOnQualified();
    }
}
