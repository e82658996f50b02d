using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>The version that an alias means, by default in the request's body.</summary>
internal sealed class VersionOfAliasAttribute : CompositeAttribute
{
    public MemberLocation Location { get; init; } = MemberLocation.Body;

    public override IEnumerable<Attribute> All =>
        [new LocationAttribute(Location), new LengthAttribute(1, 1024), new PatternAttribute(@"(\$LATEST(\.PUBLISHED)?|[0-9]+)")];
}
