using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ssm.Tags;

internal sealed record ParameterTag
{
    public const string Letters = @"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$";

    [Length(1, 128), Pattern(Letters)]
    public required string Key { get; init; }

    [Length(0, 256), Pattern(Letters)]
    public required string Value { get; init; }
}

internal sealed class ResourceTypeAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All =>
        [
            new ValuesAttribute(
                "Document",
                "ManagedInstance",
                "MaintenanceWindow",
                "Parameter",
                "PatchBaseline",
                "OpsItem",
                "OpsMetadata",
                "Automation",
                "Association"
            ),
        ];
}

internal interface INamesTagged
{
    string ResourceType { get; }

    string ResourceId { get; }
}

internal sealed record AddTagsToResourceRequest : INamesTagged
{
    [ResourceType]
    public required string ResourceType { get; init; }

    public required string ResourceId { get; init; }

    [Length(0, 1000)]
    public required IReadOnlyList<ParameterTag> Tags { get; init; }
}

internal sealed record RemoveTagsFromResourceRequest : INamesTagged
{
    [ResourceType]
    public required string ResourceType { get; init; }

    public required string ResourceId { get; init; }

    [Length(1, 128, OfItems = true), Pattern(ParameterTag.Letters, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ListTagsForResourceRequest : INamesTagged
{
    [ResourceType]
    public required string ResourceType { get; init; }

    public required string ResourceId { get; init; }
}

internal sealed record ListTagsForResourceResponse
{
    public required IReadOnlyList<ParameterTag> TagList { get; init; }
}
