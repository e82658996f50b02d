using System.Buffers.Text;

namespace Daybreak.Bridge.Invocation;

/// <summary>How far this machine's clock is from an endpoint's, by the Date header of its answer. Pure.</summary>
public static class ClockSkew
{
    /// <summary>AWS refuses signatures that are older or newer than this.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    /// <summary>What has to be added to this machine's time; null when the two differ by less than AWS allows, or are not known.</summary>
    public static TimeSpan? Of(ReadOnlySpan<byte> date, DateTimeOffset now) =>
        Utf8Parser.TryParse(date, out DateTimeOffset there, out var read, 'R') && read == date.Length ? Of(there, now) : null;

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, DateTimeOffset)"/>
    public static TimeSpan? Of(DateTimeOffset? there, DateTimeOffset now) =>
        there - now is { } offset && offset.Duration() > Most ? offset : null;

    /// <summary>The difference in words: <c>10 minutes slow</c>.</summary>
    public static string InWords(TimeSpan offset) =>
        $"{Math.Round(offset.Duration().TotalMinutes):0} minutes {(offset > TimeSpan.Zero ? "slow" : "fast")}";
}
