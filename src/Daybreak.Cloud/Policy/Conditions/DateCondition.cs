using System.Globalization;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>The six Date operators, over ISO 8601 dates (the W3C profile) and seconds since 1970.</summary>
internal sealed class DateCondition(ConditionSpec spec, Comparison comparison) : ConditionTest(spec)
{
    private static readonly string[] Formats =
    [
        "yyyy",
        "yyyy-MM",
        "yyyy-MM-dd",
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private readonly DateTimeOffset[] _dates = [.. spec.Values.Where(static value => TryParse(value, out _)).Select(Parse)];

    public static bool TryParse(string text, out DateTimeOffset date)
    {
        // Four digits are a year; longer numbers count seconds.
        if (text.Length > 4 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            date = default;
            if (seconds is < -62_135_596_800 or > 253_402_300_799)
                return false;
            date = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    protected override bool MatchesAny(string value, RequestContext request)
    {
        if (!TryParse(value, out var actual))
            return false;
        foreach (var date in _dates)
            if (comparison.Accepts(actual.CompareTo(date)))
                return true;
        return false;
    }

    private static DateTimeOffset Parse(string text) => TryParse(text, out var date) ? date : throw new FormatException(text);
}
