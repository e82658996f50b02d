using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Logs.Groups;

/// <summary>The name of a log group, or its beginning.</summary>
internal sealed class LogGroupNameAttribute : CompositeAttribute
{
    public const string Letters = @"[\.\-_/#A-Za-z0-9]+";

    public override IEnumerable<Attribute> All => [new LengthAttribute(1, int.MaxValue), new PatternAttribute(Letters), new LongestName()];
}

/// <summary>The name of a log stream, or its beginning.</summary>
internal sealed class LogStreamNameAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(1, int.MaxValue), new PatternAttribute("[^:*]*"), new LongestName()];
}

/// <summary>The name or the ARN of a log group.</summary>
internal sealed class LogGroupIdentifierAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(1, 2048), new PatternAttribute(@"[\w#+=/:,.@-]*")];
}

/// <summary>AWS has its own sentence for names that are too long.</summary>
internal sealed class LongestName : ConstraintAttribute
{
    private const int Limit = 512;
    private const string Text = "Invalid LogGroup or LogStream, both must have length less than or equal to 512.";

    public override string? Violation(object value) => ((string)value).Length > Limit ? Text : null;

    public override string? Sentence(string member) => Text;
}
