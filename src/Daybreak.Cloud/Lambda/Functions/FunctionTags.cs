using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Tags of functions.</summary>
internal sealed class FunctionTags(FunctionStore functions)
{
    private const int MaxTags = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<ListTagsRequest, ListTagsResponse>("ListTags", List)
            {
                Route = "GET /2017-03-31/tags/{Resource}",
                Resource = FunctionArns.Of,
            },
            new AwsOperation<TagResourceRequest, NoMembers>("TagResource", TagAsync)
            {
                Route = "POST /2017-03-31/tags/{Resource}",
                SuccessStatus = 204,
                Resource = FunctionArns.Of,
            },
            new AwsOperation<UntagResourceRequest, NoMembers>("UntagResource", UntagAsync)
            {
                Route = "DELETE /2017-03-31/tags/{Resource}",
                SuccessStatus = 204,
                Resource = FunctionArns.Of,
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
        new() { Tags = functions.Find(Function(request.Resource, context)).Tags };

    /// <exception cref="Aws.AwsException">Too many.</exception>
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

public sealed record TagResourceRequest
{
    public const string Pattern =
        @"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:"
        + @"(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|"
        + @"event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|"
        + @"capacity-provider:[a-zA-Z0-9-_]+)";

    [Location(MemberLocation.Label)]
    [Length(1, 256)]
    [Pattern(Pattern)]
    public required string Resource { get; init; }

    [Tags]
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

public sealed record UntagResourceRequest
{
    [Location(MemberLocation.Label)]
    [Length(1, 256)]
    [Pattern(TagResourceRequest.Pattern)]
    public required string Resource { get; init; }

    [
        Location(MemberLocation.Query, "tagKeys"),
        Length(1, TagsAttribute.LongestKey, OfItems = true),
        Pattern(TagsAttribute.KeyPattern, OfItems = true)
    ]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

public sealed record ListTagsRequest
{
    [Location(MemberLocation.Label)]
    [Length(1, 256)]
    [Pattern(TagResourceRequest.Pattern)]
    public required string Resource { get; init; }
}

public sealed record ListTagsResponse
{
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
