using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>
/// The rules for keys and values of tags. They are not in AWS's model; the service reports all rules whichever of them is broken.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagsAttribute : ConstraintAttribute
{
    public const string KeyPattern = @"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$";
    public const int LongestKey = 128;

    private const string ValuePattern = @"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$";

    private static readonly ConstraintAttribute[] OfKey = [new LengthAttribute(1, LongestKey), new PatternAttribute(KeyPattern)];
    private static readonly ConstraintAttribute[] OfValue = [new LengthAttribute(0, 256), new PatternAttribute(ValuePattern)];

    public override string? Violation(object value)
    {
        foreach (var (key, text) in (IReadOnlyDictionary<string, string>)value)
        {
            if (IsBroken(OfKey, key))
                return Text("keys", LongestKey, 1, KeyPattern);
            if (IsBroken(OfValue, text))
                return Text("value", 256, 0, ValuePattern);
        }
        return null;
    }

    private static bool IsBroken(ConstraintAttribute[] constraints, string text) =>
        constraints.Any(constraint => constraint.Violation(text) is not null);

    private static string Text(string what, int most, int least, string pattern) =>
        $"Map {what} must satisfy constraint: [Member must have length less than or equal to {most}, Member must have length "
        + $"greater than or equal to {least}, "
        + $"Member must satisfy regular expression pattern: {pattern}]";
}
