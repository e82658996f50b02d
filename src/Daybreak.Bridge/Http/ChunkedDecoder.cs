namespace Daybreak.Bridge.Http;

public enum ChunkedProgress
{
    More,
    Done,
    Malformed,
}

/// <summary>
/// Decodes the chunked transfer coding (RFC 9112, section 7.1) in place, in pieces of any size. <c>*( size-hex [;extension] CRLF data CRLF
/// ) 0 CRLF *( trailer CRLF ) CRLF</c>
/// </summary>
public sealed class ChunkedDecoder
{
    // The limit of bytes of extensions, trailers and size lines that a peer may send per chunk.
    private const int MaxOverhead = 16 * 1024;
    private const long MaxChunk = 1L << 31;

    private enum At
    {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        TrailerStart,
        Trailer,
        TrailerLineFeed,
        EndLineFeed,
    }

    private At _at = At.Size;
    private long _left;
    private int _digits;
    private int _overhead;

    /// <summary>Moves the data among <paramref name="bytes"/> to their start.</summary>
    /// <param name="bytes">The bytes received since the last call.</param>
    /// <param name="consumed">How many of them belong to the body; all of them unless Done.</param>
    /// <param name="decoded">How many data bytes are now at the start.</param>
    public ChunkedProgress Decode(Span<byte> bytes, out int consumed, out int decoded)
    {
        consumed = decoded = 0;
        while (consumed < bytes.Length)
        {
            if (_at == At.Data)
            {
                var run = (int)Math.Min(_left, bytes.Length - consumed);
                bytes.Slice(consumed, run).CopyTo(bytes[decoded..]);
                consumed += run;
                decoded += run;
                _left -= run;
                if (_left == 0)
                    _at = At.DataReturn;
                continue;
            }
            if (++_overhead > MaxOverhead)
                return ChunkedProgress.Malformed;
            if (!Step(bytes[consumed++], out var done))
                return ChunkedProgress.Malformed;
            if (done)
                return ChunkedProgress.Done;
        }
        return ChunkedProgress.More;
    }

    private bool Step(byte next, out bool done)
    {
        done = false;
        switch (_at)
        {
            case At.Size when char.IsAsciiHexDigit((char)next):
                _left = _left * 16 + HexDigit(next);
                return ++_digits <= 8 && _left < MaxChunk;
            case At.Size when _digits > 0 && next is (byte)';' or (byte)' ':
                return Go(At.Extension);
            case At.Size when _digits > 0 && next == '\r':
            case At.Extension when next == '\r':
                return Go(At.SizeLineFeed);
            case At.Extension:
                return next != '\n';
            case At.SizeLineFeed when next == '\n':
                _digits = 0;
                return Go(_left == 0 ? At.TrailerStart : At.Data);
            case At.DataReturn when next == '\r':
                return Go(At.DataLineFeed);
            case At.DataLineFeed when next == '\n':
                _overhead = 0;
                return Go(At.Size);
            case At.TrailerStart when next == '\r':
                return Go(At.EndLineFeed);
            case At.TrailerStart or At.Trailer:
                return next == '\r' ? Go(At.TrailerLineFeed) : Go(At.Trailer);
            case At.TrailerLineFeed when next == '\n':
                return Go(At.TrailerStart);
            case At.EndLineFeed when next == '\n':
                done = true;
                return true;
            default:
                return false;
        }
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private bool Go(At next)
    {
        _at = next;
        return true;
    }
}
