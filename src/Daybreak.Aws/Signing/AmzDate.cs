using System.Buffers.Text;
using System.Globalization;

namespace Daybreak.Aws.Signing;

/// <summary>Times of Signature Version 4: ISO 8601 basic format in UTC, <c>20150830T123600Z</c>.</summary>
public static class AmzDate
{
    /// <summary>Length of a formatted time in bytes.</summary>
    public const int Length = 16;

    /// <summary>Length of the day at its start: <c>20150830</c>.</summary>
    public const int DayLength = 8;

    private const string Pattern = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Value of an <c>x-amz-date</c> header, 16 bytes.</summary>
    public static void Format(DateTimeOffset time, Span<byte> destination)
    {
        var utc = time.UtcDateTime;
        WriteDigits(utc.Year, destination[..4]);
        WriteDigits(utc.Month, destination[4..6]);
        WriteDigits(utc.Day, destination[6..8]);
        destination[8] = (byte)'T';
        WriteDigits(utc.Hour, destination[9..11]);
        WriteDigits(utc.Minute, destination[11..13]);
        WriteDigits(utc.Second, destination[13..15]);
        destination[15] = (byte)'Z';
    }

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Pattern,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    /// <summary>Parses a <c>Date</c> header, which may have the HTTP form (RFC 9110, section 5.6.7) or the basic one.</summary>
    public static bool TryParseDateHeader(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        TryParse(text, out time)
        || DateTimeOffset.TryParseExact(
            text,
            "r",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    private static void WriteDigits(int value, Span<byte> destination) =>
        Utf8Formatter.TryFormat(value, destination, out _, new('D', (byte)destination.Length));
}
