using System.Globalization;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>The place of an event among all: its time, then the order of arrival. Event ids and tokens are the same in 56 digits.</summary>
internal readonly record struct Position(long Time, long Sequence) : IComparable<Position>
{
    private const int Digits = 56;
    private const int TimeDigits = 19;

    public static readonly Position Start = new(0, 0);

    /// <summary>The next possible place.</summary>
    public Position Next => this with { Sequence = Sequence + 1 };

    /// <summary>The last possible place before this one.</summary>
    public Position Previous =>
        Sequence > 0 ? this with { Sequence = Sequence - 1 }
        : Time > 0 ? new(Time - 1, long.MaxValue)
        : this;

    public int CompareTo(Position other) => Time != other.Time ? Time.CompareTo(other.Time) : Sequence.CompareTo(other.Sequence);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time:D19}") + Sequence.ToString("D37", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out Position position)
    {
        position = default;
        if (
            text.Length != Digits
            || !long.TryParse(text[..TimeDigits], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || !long.TryParse(text[TimeDigits..], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        )
            return false;
        position = new Position(time, sequence);
        return true;
    }

    public static bool operator <(Position left, Position right) => left.CompareTo(right) < 0;

    public static bool operator >(Position left, Position right) => left.CompareTo(right) > 0;

    public static bool operator <=(Position left, Position right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Position left, Position right) => left.CompareTo(right) >= 0;
}
