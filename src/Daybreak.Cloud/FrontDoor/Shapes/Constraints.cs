using System.Text.RegularExpressions;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>A constraint of the service's model on one member. The messages are AWS's.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public abstract class ConstraintAttribute : Attribute
{
    /// <summary>Whether it applies to every item of a list rather than to the list.</summary>
    public bool OfItems { get; init; }

    /// <summary>Whether it applies to every key of a map rather than to the map.</summary>
    public bool OfKeys { get; init; }

    /// <summary>Returns AWS's message for the violated constraint; null when the value is valid. The value is not null.</summary>
    public abstract string? Violation(object value);

    /// <summary>
    /// Returns AWS's separate message for the few constraints that are not listed with the others; it is used when there is no other
    /// violation.
    /// </summary>
    /// <param name="member">Path of the member: <c>roleName</c>.</param>
    public virtual string? Sentence(string member) => null;
}

/// <summary>Length of a string in characters or of bytes, or number of items of a list or map.</summary>
public sealed class LengthAttribute(int minimum, int maximum) : ConstraintAttribute
{
    public override string? Violation(object value)
    {
        var length = value switch
        {
            string text => text.Length,
            System.Collections.ICollection items => items.Count,
            ReadOnlyMemory<byte> bytes => bytes.Length,
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

/// <summary>A regular expression that must match the whole value, written as in AWS's messages.</summary>
public class PatternAttribute(string pattern) : ConstraintAttribute
{
    // ECMAScript: \d and \w mean ASCII, as in AWS; it has no \p{…}. The time-out limits the cost of a hostile value.
    private readonly Regex _regex = new(
        $"^(?:{pattern})(?!\\n)$",
        pattern.Contains(@"\p{", StringComparison.Ordinal) ? RegexOptions.CultureInvariant : RegexOptions.ECMAScript,
        TimeSpan.FromSeconds(1)
    );

    public override string? Violation(object value) =>
        _regex.IsMatch((string)value) ? null : $"Member must satisfy regular expression pattern: {pattern}";
}
