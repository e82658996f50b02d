namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>Keeps the last 4,096 bytes of an invocation's log for LogResult.</summary>
internal sealed class LogTail
{
    private const int Capacity = 4096;

    private readonly byte[] _ring = new byte[Capacity];
    private long _written;

    public void Clear() => _written = 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _written += bytes.Length;
        if (bytes.Length > Capacity)
            bytes = bytes[^Capacity..];
        var start = (int)((_written - bytes.Length) % Capacity);
        var first = Math.Min(bytes.Length, Capacity - start);
        bytes[..first].CopyTo(_ring.AsSpan(start));
        bytes[first..].CopyTo(_ring);
    }

    public byte[] ToArray()
    {
        if (_written <= Capacity)
            return _ring.AsSpan(0, (int)_written).ToArray();
        var tail = new byte[Capacity];
        var start = (int)(_written % Capacity);
        _ring.AsSpan(start).CopyTo(tail);
        _ring.AsSpan(0, start).CopyTo(tail.AsSpan(Capacity - start));
        return tail;
    }
}
