using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The function that a request names, by default in its path. The patterns are spelled as in AWS's messages.</summary>
internal sealed class FunctionNameAttribute : CompositeAttribute
{
    private const string Pattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_]+)"
        + QualifierPattern;

    private const string QualifierPattern = @"(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    private const string PatternWithDots =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    /// <summary>Maximum length, which differs between operations.</summary>
    public int Most { get; init; } = 140;

    /// <summary>Whether the model allows no qualifier.</summary>
    public bool IsUnqualified { get; init; }

    /// <summary>Whether the model allows dots, as it does in operations that read or call a function and in DeleteFunction.</summary>
    public bool TakesDots { get; init; }

    public MemberLocation Location { get; init; } = MemberLocation.Label;

    public override IEnumerable<Attribute> All =>
        [
            new LocationAttribute(Location),
            new LengthAttribute(1, Most),
            new PatternAttribute(
                IsUnqualified ? Pattern[..^QualifierPattern.Length]
                : TakesDots ? PatternWithDots
                : Pattern
            ),
        ];
}
