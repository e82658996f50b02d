using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// Tells a local AWS which session calls, for its list of invocations: database, user, process and application, at the end of
/// <c>User-Agent</c>. No other endpoint gets it.
/// </summary>
internal static class SessionName
{
    /// <param name="logContext"><c>DATABASE/USER/PROCESS</c>, as the backend sends it; names may contain slashes.</param>
    /// <param name="application">The session's <c>application_name</c>; empty: it has none.</param>
    public static void Write(ByteBuffer to, ReadOnlySpan<byte> logContext, ReadOnlySpan<byte> application)
    {
        var (first, last) = (logContext.IndexOf((byte)'/'), logContext.LastIndexOf((byte)'/'));
        if (first < 0 || last == first)
            return;
        to.Write(" session/"u8);
        Encode(to, logContext[..first]);
        to.WriteByte((byte)'/');
        Encode(to, logContext[(first + 1)..last]);
        to.WriteByte((byte)'/');
        Encode(to, logContext[(last + 1)..]);
        if (application.IsEmpty)
            return;
        to.WriteByte((byte)'/');
        Encode(to, application);
    }

    // Users choose these names, so nothing of them may end the header.
    private static void Encode(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'-' or (byte)'.')
                to.WriteByte(letter);
            else
            {
                to.WriteByte((byte)'%');
                to.WriteByte("0123456789ABCDEF"u8[letter >> 4]);
                to.WriteByte("0123456789ABCDEF"u8[letter & 15]);
            }
        }
    }
}
