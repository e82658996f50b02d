using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The layers of a function. The message has all constraints of an item, whichever is violated.</summary>
internal sealed class LayerVersionArnsAttribute : ConstraintAttribute
{
    private const int Longest = 2048;

    private static readonly LayerVersionArnAttribute Item = new();

    public override string? Violation(object value) =>
        ((IReadOnlyList<string>)value).All(static arn => arn.Length is > 0 and <= Longest && Item.Violation(arn) is null)
            ? null
            : $"Member must satisfy constraint: [Member must have length less than or equal to {Longest}, Member must have length "
                + "greater than or equal to 1, Member must satisfy regular expression pattern: "
                + $"{LayerVersionArnAttribute.Pattern}, Member must not be null]";
}
