using System.Buffers;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The W3C <c>traceparent</c> (https://www.w3.org/TR/trace-context/), and the header that AWS makes of it: Lambda passes
/// <c>X-Amzn-Trace-Id</c> on to the function as <c>_X_AMZN_TRACE_ID</c>, and X-Ray takes W3C trace ids.
/// </summary>
public static class TraceParent
{
    /// <summary>Of version 00, and of the part that is known of later versions: <c>version-trace-parent-flags</c>.</summary>
    public const int Length = 55;

    /// <summary>Room for what <see cref="WriteAmazon"/> writes.</summary>
    public const int AmazonLength = 74;

    private const int Trace = 3;
    private const int TraceDigits = 32;
    private const int Parent = 36;
    private const int ParentDigits = 16;
    private const int Flags = 53;
    private const int EpochDigits = 8;

    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Whether it is one; any other is ignored, as W3C says.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) =>
        text.Length >= Length
        && (text.Length == Length || (text[Length] == (byte)'-' && !text.StartsWith("00"u8)))
        && text[Trace - 1] == (byte)'-'
        && text[Parent - 1] == (byte)'-'
        && text[Flags - 1] == (byte)'-'
        && !text[..2].ContainsAnyExcept(Hexadecimal)
        && !text.StartsWith("ff"u8)
        && IsId(text.Slice(Trace, TraceDigits))
        && IsId(text.Slice(Parent, ParentDigits))
        && !text.Slice(Flags, 2).ContainsAnyExcept(Hexadecimal);

    /// <summary>Writes <c>Root=1-…;Parent=…;Sampled=…</c> and returns its length; <paramref name="text"/> is a valid one.</summary>
    public static int WriteAmazon(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var length = 0;
        Append(to, "Root=1-"u8);
        Append(to, text.Slice(Trace, EpochDigits));
        Append(to, "-"u8);
        Append(to, text.Slice(Trace + EpochDigits, TraceDigits - EpochDigits));
        Append(to, ";Parent="u8);
        Append(to, text.Slice(Parent, ParentDigits));
        // The lowest bit of the flags: whether the caller records the trace.
        Append(to, IsSampled(text) ? ";Sampled=1"u8 : ";Sampled=0"u8);
        return length;

        void Append(Span<byte> into, ReadOnlySpan<byte> part)
        {
            part.CopyTo(into[length..]);
            length += part.Length;
        }
    }

    // In ASCII the digits of odd numbers below ten are odd, and the letters of odd ones even.
    private static bool IsSampled(ReadOnlySpan<byte> text) => text[Flags + 1] is var digit && digit % 2 == (digit <= (byte)'9' ? 1 : 0);

    private static bool IsId(ReadOnlySpan<byte> digits) => !digits.ContainsAnyExcept(Hexadecimal) && digits.ContainsAnyExcept((byte)'0');
}
