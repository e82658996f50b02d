using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Tags;

/// <summary>CreateTags, DeleteTags, DescribeTags. Pure functions of a request and a network.</summary>
internal static class TagOperations
{
    private static readonly Filters<TagDescription> Filters = new(static (tag, key) => tag.Key == key ? tag.Value : null)
    {
        { "key", tag => tag.Key },
        { "value", tag => tag.Value },
        { "resource-id", tag => tag.ResourceId },
        { "resource-type", tag => tag.ResourceType },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<TagsRequest, Done>(state, "CreateTags", Create)
            {
                Permissions = (r, c) => Ec2Permissions.OfTags(r, c, state.Of(c.AccountId, c.Region)),
            },
            new Ec2Operation<TagsRequest, Done>(state, "DeleteTags", Delete)
            {
                Permissions = (r, c) => Ec2Permissions.OfTags(r, c, state.Of(c.AccountId, c.Region)),
            },
            new Ec2Operation<DescribeTagsRequest, DescribeTagsResponse>(state, "DescribeTags", Describe),
        ];

    public static Change<Done> Create(TagsRequest request, Network network)
    {
        var (ids, tags) = (Ids(request), request.Tags is { Count: > 0 } given ? Tag.NotReserved(given) : throw Ec2Errors.Missing("tagSet"));
        return Change.To(ids.Aggregate(network, (after, id) => ResourceSets.WithTags(after, id, before => Tag.Merge(before, tags))));
    }

    public static Change<Done> Delete(TagsRequest request, Network network) =>
        Change.To(
            Ids(request)
                .Aggregate(
                    network,
                    (after, id) =>
                        ResourceSets.WithTags(
                            after,
                            id,
                            before => request.Tags is { Count: > 0 } tags ? Tag.Remove(before, Tag.NotReserved(tags)) : before.Clear()
                        )
                )
        );

    public static DescribeTagsResponse Describe(DescribeTagsRequest request, Network network)
    {
        var tags = ResourceSets
            .All.SelectMany(set => set.In(network))
            .SelectMany(
                static resource => resource.Tags,
                static (resource, tag) =>
                    new TagDescription
                    {
                        ResourceId = resource.Id,
                        ResourceType = resource.Kind,
                        Key = tag.Key,
                        Value = tag.Value,
                    }
            );
        var page = Page.Of(
            Filters.Apply(tags, request.Filters, network),
            tag => $"{tag.ResourceId}/{tag.Key}",
            request.MaxResults,
            request.NextToken,
            request.Limits
        );
        return new DescribeTagsResponse { TagSet = page.Items, NextToken = page.NextToken };
    }

    private static IReadOnlyList<string> Ids(TagsRequest request) =>
        request.ResourceIds is { Count: > 0 } ids ? ids : throw Ec2Errors.Missing("resourceIdSet");
}

/// <summary>Request of CreateTags and DeleteTags.</summary>
internal sealed record TagsRequest : Ec2Request
{
    [WireName("ResourceId")]
    public IReadOnlyList<string>? ResourceIds { get; init; }

    [WireName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record DescribeTagsRequest : DescribeRequest;

internal sealed record DescribeTagsResponse
{
    public required IReadOnlyList<TagDescription> TagSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record TagDescription
{
    public required string ResourceId { get; init; }

    public required string ResourceType { get; init; }

    public required string Key { get; init; }

    public required string Value { get; init; }
}
