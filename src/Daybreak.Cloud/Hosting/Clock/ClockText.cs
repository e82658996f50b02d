using System.Globalization;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Hosting.Clock;

/// <summary>Times and durations as they are typed and shown.</summary>
internal static partial class ClockText
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>Reads <c>2m</c>, <c>1h30m</c>, <c>1.5s</c>, <c>7d</c>.</summary>
    public static bool TryReadDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Length is 0 or > 40 || Durations().Match(text) is not { Success: true } match)
            return false;
        double Part(int group) =>
            match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var seconds = ((Part(1) * 24 + Part(2)) * 60 + Part(3)) * 60 + Part(4);
        if (seconds > TimeSpan.FromDays(365_000).TotalSeconds)
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Reads an ISO 8601 date and time; one without an offset is in UTC.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>2026-01-01T06:00:00Z, 6h ahead of the real clock</c></summary>
    public static string Of(MovableClock clock) =>
        $"{Of(clock.GetUtcNow())}, "
        + (
            clock.Offset == TimeSpan.Zero ? "the real time"
            : clock.Offset > TimeSpan.Zero ? $"{Of(clock.Offset)} ahead of the real clock"
            : $"{Of(-clock.Offset)} behind the real clock"
        );

    private static string Of(TimeSpan duration)
    {
        duration = TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds));
        (int Count, string Unit)[] parts = [(duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s")];
        var shown = string.Concat(parts.Where(static part => part.Count > 0).Select(static part => $"{part.Count}{part.Unit}"));
        return shown.Length == 0 ? "less than a second" : shown;
    }

    [GeneratedRegex(@"\A(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+(?:\.[0-9]+)?)s)?\z")]
    private static partial Regex Durations();
}
