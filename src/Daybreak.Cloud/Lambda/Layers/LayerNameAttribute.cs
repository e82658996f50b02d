using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The layer that a request names in its path.</summary>
internal sealed class LayerNameAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All =>
        [
            new LocationAttribute(MemberLocation.Label),
            new LengthAttribute(1, 140),
            new PatternAttribute(@"(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+"),
        ];
}
