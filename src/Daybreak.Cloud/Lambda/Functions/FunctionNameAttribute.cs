using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The function that a request names, in the path unless said otherwise. The patterns are written as AWS's messages show
/// them.</summary>
internal sealed class FunctionNameAttribute : CompositeAttribute
{
    private const string Pattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    private const string PatternWithDots =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    /// <summary>Greatest length, which differs between operations.</summary>
    public int Most { get; init; } = 140;

    /// <summary>Whether the model lets dots through: in operations that read or call a function, and in DeleteFunction.</summary>
    public bool TakesDots { get; init; }

    public MemberLocation Location { get; init; } = MemberLocation.Label;

    public override IEnumerable<Attribute> All =>
        [new LocationAttribute(Location), new LengthAttribute(1, Most), new PatternAttribute(TakesDots ? PatternWithDots : Pattern)];
}
