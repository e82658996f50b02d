using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Daybreak.Bridge.Http;

/// <summary>
/// Status line and headers of a reply (RFC 9112, sections 4, 5 and 6), read in place and reused. It is strict: anything that two readers
/// could frame differently is refused.
/// </summary>
public sealed class ReplyHead
{
    private const int Headers = (int)ReplyHeader.ContentEncoding + 1;
    private Values _values;

    public int Status { get; private set; }

    /// <summary>-1 when the length is not declared.</summary>
    public long ContentLength { get; private set; }

    public bool Chunked { get; private set; }

    /// <summary>Whether the peer accepts another request on this connection.</summary>
    public bool KeepAlive { get; private set; }

    /// <summary>The value within the bytes that were parsed; default when the header is absent.</summary>
    public ReadOnlySpan<byte> Value(ReplyHeader header, ReadOnlySpan<byte> head)
    {
        var (offset, length) = _values[(int)header];
        return head.Slice(offset, length);
    }

    /// <summary>Reads a whole head, from the status line to the empty line; false when it is not an HTTP/1.x reply.</summary>
    public bool TryParse(ReadOnlySpan<byte> head)
    {
        (Status, ContentLength, Chunked) = (0, -1, false);
        _values = default;
        var lineEnd = head.IndexOf("\r\n"u8);
        if (lineEnd < 0 || !TryParseStatusLine(head[..lineEnd]))
            return false;
        var at = lineEnd + 2;
        while (true)
        {
            lineEnd = head[at..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
                return false;
            if (lineEnd == 0)
                break;
            if (!TryParseHeader(head.Slice(at, lineEnd), at))
                return false;
            at += lineEnd + 2;
        }
        // Both framings together are a means of response smuggling (RFC 9112, 6.3): chunked applies, and the connection is not reused.
        if (Chunked && ContentLength >= 0)
            (ContentLength, KeepAlive) = (-1, false);
        return true;
    }

    private bool TryParseStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[8] != ' ')
            return false;
        if (line[7] is not ((byte)'0' or (byte)'1'))
            return false;
        if (!Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var digits) || digits != 3 || status is < 100 or > 599)
            return false;
        if (line.Length > 12 && line[12] != ' ')
            return false;
        (Status, KeepAlive) = (status, line[7] == '1');
        return true;
    }

    private bool TryParseHeader(ReadOnlySpan<byte> line, int lineOffset)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[0] is (byte)' ' or (byte)'\t' || line[colon - 1] is (byte)' ' or (byte)'\t')
            return false;
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        var valueOffset = lineOffset + colon + 1 + line[(colon + 1)..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        switch (name.Length)
        {
            case 4 when Is(name, "Date"u8):
                return Keep(ReplyHeader.Date, valueOffset, value.Length);
            case 4 when Is(name, "ETag"u8):
                return Keep(ReplyHeader.ETag, valueOffset, value.Length);
            case 10 when Is(name, "Connection"u8):
                if (HasToken(value, "close"u8))
                    KeepAlive = false;
                else if (HasToken(value, "keep-alive"u8))
                    KeepAlive = true;
                return true;
            case 13 when Is(name, "Content-Range"u8):
                return Keep(ReplyHeader.ContentRange, valueOffset, value.Length);
            case 14 when Is(name, "Content-Length"u8):
                return TryKeepLength(value);
            case 17 when Is(name, "Transfer-Encoding"u8):
                // Only chunked was offered; any other coding cannot be decoded.
                return Chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
            case 16 when Is(name, "Content-Encoding"u8):
                return Keep(ReplyHeader.ContentEncoding, valueOffset, value.Length);
            case 16 when Is(name, "X-Amz-Log-Result"u8):
                return Keep(ReplyHeader.LogResult, valueOffset, value.Length);
            case 16 when Is(name, "x-amzn-ErrorType"u8):
                return Keep(ReplyHeader.ErrorType, valueOffset, value.Length);
            case 16 when Is(name, "x-amzn-RequestId"u8):
                return Keep(ReplyHeader.RequestId, valueOffset, value.Length);
            case 20 when Is(name, "X-Amz-Function-Error"u8):
                return Keep(ReplyHeader.FunctionError, valueOffset, value.Length);
            case 22 when Is(name, "X-Amz-Executed-Version"u8):
                return Keep(ReplyHeader.ExecutedVersion, valueOffset, value.Length);
            default:
                return true;
        }
    }

    private bool TryKeepLength(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out long length, out var digits) || digits != value.Length || length < 0)
            return false;
        if (value[0] is not (>= (byte)'0' and <= (byte)'9'))
            return false;
        if (ContentLength >= 0 && ContentLength != length)
            return false;
        ContentLength = length;
        return true;
    }

    private bool Keep(ReplyHeader header, int offset, int length)
    {
        _values[(int)header] = length == 0 ? default : (offset, length);
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);

    private static bool HasToken(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        foreach (var range in list.Split((byte)','))
            if (Ascii.EqualsIgnoreCase(list[range].Trim(" \t"u8), token))
                return true;
        return false;
    }

    [InlineArray(Headers)]
    private struct Values
    {
        private (int Offset, int Length) _first;
    }
}
