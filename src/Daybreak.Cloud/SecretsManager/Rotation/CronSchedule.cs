using System.Globalization;

namespace Daybreak.Cloud.SecretsManager.Rotation;

/// <summary>A cron expression of AWS: minutes (0), hours, day of the month, month, day of the week (1 is Sunday), year.</summary>
internal sealed class CronSchedule : RotationSchedule
{
    private const int YearsAhead = 8;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly HashSet<int> _hours;
    private readonly HashSet<int> _months;
    private readonly Func<DateTime, bool> _isDay;

    private CronSchedule(HashSet<int> hours, HashSet<int> months, Func<DateTime, bool> isDay) =>
        (_hours, _months, _isDay) = (hours, months, isDay);

    /// <returns>Null when it is none.</returns>
    public static CronSchedule? TryParse(string[] fields)
    {
        if (fields is not ["0", var hours, var day, var month, var weekday, "*"])
            return null;
        // One of the two kinds of days is left open.
        var isDay =
            day == "?" ? WeekdayOf(weekday)
            : weekday is "?" or "*" ? DayOf(day)
            : null;
        return Set(hours, 0, 23, []) is { } all && Set(month, 1, 12, Months) is { } ofYear && isDay is not null
            ? new CronSchedule(all, ofYear, isDay)
            : null;
    }

    public override DateTimeOffset? After(DateTimeOffset time)
    {
        var after = time.UtcDateTime;
        for (var day = after.Date; day < after.Date.AddYears(YearsAhead); day = day.AddDays(1))
        {
            if (!_months.Contains(day.Month) || !_isDay(day))
                continue;
            foreach (var hour in _hours.Order().Where(hour => day.AddHours(hour) > after))
                return new DateTimeOffset(day.AddHours(hour), TimeSpan.Zero);
        }
        return null;
    }

    private static Func<DateTime, bool>? DayOf(string field)
    {
        if (field == "L")
            return static day => day.AddDays(1).Day == 1;
        return Set(field, 1, 31, []) is { } days ? day => days.Contains(day.Day) : null;
    }

    private static Func<DateTime, bool>? WeekdayOf(string field)
    {
        if (field.EndsWith('L') && Number(field[..^1], 1, 7, Weekdays) is { } last)
            return day => (int)day.DayOfWeek + 1 == last && day.AddDays(7).Month != day.Month;
        if (field.Split('#') is [var name, var count])
        {
            return Number(name, 1, 7, Weekdays) is { } weekday && Number(count, 1, 5, []) is { } nth
                ? day => (int)day.DayOfWeek + 1 == weekday && (day.Day - 1) / 7 + 1 == nth
                : null;
        }
        return Set(field, 1, 7, Weekdays) is { } days ? day => days.Contains((int)day.DayOfWeek + 1) : null;
    }

    /// <summary>The numbers of a list of numbers, names, ranges and steps.</summary>
    private static HashSet<int>? Set(string field, int least, int most, string[] names)
    {
        var set = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var step = part.Split('/');
            var ends = step[0].Split('-');
            var first = step[0] == "*" ? least : Number(ends[0], least, most, names);
            var last =
                step[0] == "*" || step.Length == 2 && ends.Length == 1 ? most
                : ends.Length == 2 ? Number(ends[1], least, most, names)
                : first;
            var by = step.Length == 1 ? 1 : Number(step[1], 1, most, []);
            if (step.Length > 2 || ends.Length > 2 || first is null || last is null || by is null || first > last)
                return null;
            for (var number = first.Value; number <= last; number += by.Value)
                set.Add(number);
        }
        return set;
    }

    private static int? Number(string text, int least, int most, string[] names)
    {
        var named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named + least;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;
    }
}
