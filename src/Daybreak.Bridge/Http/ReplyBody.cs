using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Http;

/// <summary>
/// The bytes of a reply: either within the connection's own buffer, valid until the connection is returned, or in a rented array that the
/// caller can take over.
/// </summary>
public sealed class ReplyBody
{
    private byte[]? _rented;
    private ReadOnlyMemory<byte> _bytes;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public void Lend(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Provides room for <paramref name="capacity"/> bytes, and copies the existing ones.</summary>
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

    /// <summary>Hands over the rented array, if the bytes are in one; the caller returns it to <see cref="FrameArrays"/>.</summary>
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
