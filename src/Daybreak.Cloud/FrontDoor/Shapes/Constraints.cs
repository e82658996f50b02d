using System.Text.RegularExpressions;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>A constraint of the service's model on one member. The texts are AWS's.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public abstract class ConstraintAttribute : Attribute
{
    /// <summary>Whether it holds for every item of a list rather than for the list.</summary>
    public bool OfItems { get; init; }

    /// <summary>Whether it holds for every key of a map rather than for the map.</summary>
    public bool OfKeys { get; init; }

    /// <summary>What the value breaks, in AWS's words; null when it is fine. The value is not null.</summary>
    public abstract string? Violation(object value);

    /// <summary>
    /// What AWS says instead of listing the violation, for the few constraints that have a sentence of their own; it is said when
    /// nothing is to be listed.
    /// </summary>
    /// <param name="member">Path of the member: <c>roleName</c>.</param>
    public virtual string? Sentence(string member) => null;
}

/// <summary>Length of a string in characters, or number of items of a list or map.</summary>
public sealed class LengthAttribute(int minimum, int maximum) : ConstraintAttribute
{
    public override string? Violation(object value)
    {
        var length = value switch
        {
            string text => text.Length,
            System.Collections.ICollection items => items.Count,
            _ => throw new InvalidOperationException($"{value.GetType()} has no length"),
        };
        return length > maximum ? $"Member must have length less than or equal to {maximum}"
            : length < minimum ? $"Member must have length greater than or equal to {minimum}"
            : null;
    }
}

/// <summary>Range of a number.</summary>
public sealed class RangeAttribute(long minimum, long maximum) : ConstraintAttribute
{
    public override string? Violation(object value)
    {
        var number = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
        return number > maximum ? $"Member must have value less than or equal to {maximum}"
            : number < minimum ? $"Member must have value greater than or equal to {minimum}"
            : null;
    }
}

/// <summary>The values of an enumeration, in the order AWS lists them.</summary>
public sealed class ValuesAttribute(params string[] values) : ConstraintAttribute
{
    public override string? Violation(object value) =>
        Array.IndexOf(values, (string)value) >= 0 ? null : $"Member must satisfy enum value set: [{string.Join(", ", values)}]";
}

/// <summary>A regular expression that the whole value matches, written as AWS's messages show it.</summary>
public class PatternAttribute(string pattern) : ConstraintAttribute
{
    // ECMAScript: \d and \w mean ASCII, as in AWS; it has no \p{…}. The time-out bounds what a hostile value can cost.
    private readonly Regex _regex = new(
        $"^(?:{pattern})(?!\\n)$",
        pattern.Contains(@"\p{", StringComparison.Ordinal) ? RegexOptions.CultureInvariant : RegexOptions.ECMAScript,
        TimeSpan.FromSeconds(1)
    );

    public override string? Violation(object value) =>
        _regex.IsMatch((string)value) ? null : $"Member must satisfy regular expression pattern: {pattern}";
}
