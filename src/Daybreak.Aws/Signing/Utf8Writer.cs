using System.Buffers;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>A writer that grows from a buffer on the stack to a pooled one. Dispose returns what was rented.</summary>
internal ref struct Utf8Writer(Span<byte> initial)
{
    private Span<byte> _buffer = initial;
    private byte[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    /// <summary>Removes everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length;

    public void Write(byte value)
    {
        if (Length == _buffer.Length)
            Grow(1);
        _buffer[Length++] = value;
    }

    public void Write(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
    }

    public void Write(scoped ReadOnlySpan<char> value) =>
        Length += Encoding.UTF8.GetBytes(value, Reserve(Encoding.UTF8.GetMaxByteCount(value.Length)));

    public void WriteHex(scoped ReadOnlySpan<byte> value)
    {
        if (!Convert.TryToHexStringLower(value, Reserve(value.Length * 2), out var written))
            throw new InvalidOperationException("the reserved span was too short");
        Length += written;
    }

    /// <summary>RFC 3986 percent-encoding of everything but the unreserved characters <c>A-Za-z0-9-._~</c>, upper-case digits.</summary>
    public void WriteEncoded(scoped ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var plain = value.IndexOfAnyExcept(PercentEncoding.Unreserved);
            if (plain < 0)
                plain = value.Length;
            Write(value[..plain]);
            if (plain == value.Length)
                return;
            WriteEscape(value[plain]);
            value = value[(plain + 1)..];
        }
    }

    private void WriteEscape(byte value)
    {
        var escape = Reserve(3);
        escape[0] = (byte)'%';
        escape[1] = PercentEncoding.HexDigits[value >> 4];
        escape[2] = PercentEncoding.HexDigits[value & 15];
        Length += 3;
    }

    /// <summary>Decodes percent-escapes and encodes the result again, so that every spelling of a text becomes the canonical one.</summary>
    public void WriteReencoded(scoped ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var escape = value.IndexOf((byte)'%');
            if (escape < 0)
            {
                WriteEncoded(value);
                return;
            }
            WriteEncoded(value[..escape]);
            var consumed = PercentEncoding.DecodeEscape(value[escape..], out var decoded);
            WriteEncoded([decoded]);
            value = value[(escape + consumed)..];
        }
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _buffer = default;
        Length = 0;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
            Grow(count);
        return _buffer[Length..];
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + count));
        Written.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _buffer = _rented = larger;
    }
}
