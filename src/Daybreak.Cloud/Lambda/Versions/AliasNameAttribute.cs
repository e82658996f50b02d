using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>The alias that a request names, by default in its body.</summary>
internal sealed class AliasNameAttribute : CompositeAttribute
{
    public MemberLocation Location { get; init; } = MemberLocation.Body;

    public override IEnumerable<Attribute> All =>
        [new LocationAttribute(Location), new LengthAttribute(1, 128), new PatternAttribute("(?!^[0-9]+$)([a-zA-Z0-9-_]+)")];
}
