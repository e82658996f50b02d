using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Groups;

namespace Daybreak.Cloud.Logs.Tags;

/// <summary>A map of tags.</summary>
internal sealed class TagsAttribute : CompositeAttribute
{
    public const string KeyPattern = @"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)";
    private const string ValuePattern = @"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)";

    public override IEnumerable<Attribute> All =>
        [
            new LengthAttribute(1, 50),
            new LengthAttribute(1, 128) { OfKeys = true },
            new PatternAttribute(KeyPattern) { OfKeys = true },
            new TagValue(ValuePattern),
        ];

    private sealed class TagValue(string pattern) : ConstraintAttribute
    {
        private readonly LengthAttribute _length = new(0, 256);
        private readonly PatternAttribute _pattern = new(pattern);

        public override string? Violation(object value) =>
            ((IReadOnlyDictionary<string, string>)value)
                .Values.Select(text => _length.Violation(text) ?? _pattern.Violation(text))
                .FirstOrDefault(static violation => violation is not null)
                is { } found
                ? $"Map value must satisfy constraint: [{found}]"
                : null;
    }
}

internal sealed record ListTagsForResourceRequest
{
    [Length(1, 1011), Pattern(@"[\w+=/:,.@-]*")]
    public required string ResourceArn { get; init; }
}

internal sealed record TagResourceRequest
{
    [Length(1, 1011), Pattern(@"[\w+=/:,.@-]*")]
    public required string ResourceArn { get; init; }

    [Tags]
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

internal sealed record UntagResourceRequest
{
    [Length(1, 1011), Pattern(@"[\w+=/:,.@-]*")]
    public required string ResourceArn { get; init; }

    [Length(0, 50), Length(1, 128, OfItems = true), Pattern(TagsAttribute.KeyPattern, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record TagLogGroupRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }

    [Tags]
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

internal sealed record UntagLogGroupRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }

    [Length(1, int.MaxValue), Length(1, 128, OfItems = true), Pattern(TagsAttribute.KeyPattern, OfItems = true)]
    public required IReadOnlyList<string> Tags { get; init; }
}

internal sealed record ListTagsResponse
{
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
