using System.Globalization;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>The six Numeric operators. A text that is not a number equals no number, and is neither less nor greater.</summary>
internal sealed class NumericCondition(ConditionSpec spec, Comparison comparison) : ConditionTest(spec)
{
    private readonly decimal[] _numbers = [.. spec.Values.Select(Parse).OfType<decimal>()];

    protected override bool MatchesAny(string value, RequestContext request)
    {
        if (Parse(value) is not { } actual)
            return false;
        foreach (var number in _numbers)
            if (comparison.Accepts(actual.CompareTo(number)))
                return true;
        return false;
    }

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
