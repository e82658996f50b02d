using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>The alias that a request about a URL names in its query.</summary>
internal sealed class UrlQualifierAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All =>
        [
            new LocationAttribute(MemberLocation.Query, "Qualifier"),
            new LengthAttribute(1, 128),
            new PatternAttribute(@"((?!^\d+$)^[0-9a-zA-Z-_]+$)"),
        ];
}
