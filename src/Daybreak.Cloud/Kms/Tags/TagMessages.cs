using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Kms.Keys;

namespace Daybreak.Cloud.Kms.Tags;

internal sealed record KeyTag
{
    [Length(1, 128)]
    public required string TagKey { get; init; }

    [Length(0, 256)]
    public required string TagValue { get; init; }
}

internal sealed record TagResourceRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    public required IReadOnlyList<KeyTag> Tags { get; init; }
}

internal sealed record UntagResourceRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Length(1, 128, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ListResourceTagsRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Range(1, 1000)]
    public int? Limit { get; init; }

    [Marker]
    public string? Marker { get; init; }
}

internal sealed record ListResourceTagsResponse
{
    public required IReadOnlyList<KeyTag> Tags { get; init; }

    public string? NextMarker { get; init; }

    public required bool? Truncated { get; init; }
}
