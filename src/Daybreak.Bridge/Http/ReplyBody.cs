using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Http;

/// <summary>
/// Bytes of a reply: either within the connection's own buffer, gone when the connection is given back, or in a rented
/// array that can be taken along.
/// </summary>
public sealed class ReplyBody
{
    private byte[]? _rented;
    private ReadOnlyMemory<byte> _bytes;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public void Lend(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Room for <paramref name="capacity"/> bytes, those in hand copied over.</summary>
    public byte[] Grow(int capacity)
    {
        var larger = FrameArrays.Rent(capacity);
        _bytes.CopyTo(larger);
        if (_rented is not null)
            FrameArrays.Return(_rented);
        _rented = larger;
        _bytes = larger.AsMemory(0, _bytes.Length);
        return larger;
    }

    public void SetLength(int length) => _bytes = _rented.AsMemory(0, length);

    /// <summary>Hands over the rented array, if the bytes are in one; the taker returns it to <see cref="FrameArrays"/>.</summary>
    public byte[]? Take()
    {
        var taken = _rented;
        _rented = null;
        _bytes = default;
        return taken;
    }

    public void Clear()
    {
        if (Take() is { } rented)
            FrameArrays.Return(rented);
    }
}
