using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The version or alias that a request names in its query.</summary>
internal sealed class QualifierAttribute : CompositeAttribute
{
    private const string Pattern = @"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";

    public override IEnumerable<Attribute> All =>
        [new LocationAttribute(MemberLocation.Query), new LengthAttribute(1, 128), new PatternAttribute(Pattern)];
}
