using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The ARN of the resource whose tags a request is about.</summary>
internal sealed class TaggedResourceAttribute : CompositeAttribute
{
    private const string Pattern =
        @"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:"
        + @"(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|"
        + @"event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|"
        + @"capacity-provider:[a-zA-Z0-9-_]+)";

    public override IEnumerable<Attribute> All =>
        [new LocationAttribute(MemberLocation.Label), new LengthAttribute(1, 256), new PatternAttribute(Pattern)];
}
