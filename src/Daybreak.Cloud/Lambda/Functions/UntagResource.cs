using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html"/></summary>
public sealed record UntagResourceRequest
{
    [TaggedResource]
    public required string Resource { get; init; }

    [
        Location(MemberLocation.Query, "tagKeys"),
        Length(1, TagsAttribute.LongestKey, OfItems = true),
        Pattern(TagsAttribute.KeyPattern, OfItems = true)
    ]
    public required IReadOnlyList<string> TagKeys { get; init; }
}
