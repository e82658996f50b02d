using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>The rules for the weights of versions. The service reports all of them whichever is broken.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class VersionWeightsAttribute : ConstraintAttribute
{
    private const string VersionPattern = "[0-9]+";

    private static readonly ConstraintAttribute[] OfKey = [new LengthAttribute(1, 1024), new PatternAttribute(VersionPattern)];

    public override string? Violation(object value)
    {
        var weights = (IReadOnlyDictionary<string, double>)value;
        if (weights.Keys.Any(static version => OfKey.Any(rule => rule.Violation(version) is not null)))
            return "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length "
                + $"greater than or equal to 1, Member must satisfy regular expression pattern: {VersionPattern}]";
        if (weights.Values.Any(static weight => !(weight is >= 0 and <= 1)))
            return "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value "
                + "greater than or equal to 0.0, Member must not be null]";
        return null;
    }
}
