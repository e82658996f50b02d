using System.Globalization;

namespace Daybreak.Cloud.Rds;

/// <summary>A weekly half-hour or more, in UTC: <c>sun:05:00-sun:05:30</c>. It may go over the end of the week.</summary>
internal readonly record struct MaintenanceWindow
{
    private const int MinutesOfDay = 24 * 60;
    private const int MinutesOfWeek = 7 * MinutesOfDay;
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]; // as DayOfWeek counts

    private readonly int _start;

    /// <summary>In minutes.</summary>
    public int Length { get; }

    private MaintenanceWindow(int start, int length) => (this._start, Length) = (start, length);

    /// <param name="text">A valid window.</param>
    public static MaintenanceWindow Parse(string text)
    {
        var (start, end) = (Minute(text.AsSpan(0, 9)), Minute(text.AsSpan(10)));
        return new MaintenanceWindow(start, (end - start + MinutesOfWeek) % MinutesOfWeek);
    }

    public bool Contains(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        var minute = ((int)utc.DayOfWeek * MinutesOfDay) + (int)utc.TimeOfDay.TotalMinutes;
        return (minute - _start + MinutesOfWeek) % MinutesOfWeek < Length;
    }

    private static int Minute(ReadOnlySpan<char> text) =>
        (Array.IndexOf(Days, text[..3].ToString()) * MinutesOfDay)
        + (int.Parse(text[4..6], CultureInfo.InvariantCulture) * 60)
        + int.Parse(text[7..9], CultureInfo.InvariantCulture);
}
