using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Backends;

/// <summary>Receives the bytes of one frame. It grows with the bytes that have arrived, never by a length that is only announced.</summary>
public sealed class ReceiveBuffer : IDisposable
{
    private const int KeptBytes = 4096;
    private readonly byte[] _kept = new byte[KeptBytes];
    private byte[]? _rented;
    private int _received;

    private byte[] Bytes => _rented ?? _kept;

    public Memory<byte> Free => Bytes.AsMemory(_received);
    public ReadOnlyMemory<byte> Received => Bytes.AsMemory(0, _received);

    public void Advance(int count) => _received += count;

    /// <summary>Makes room for more of a frame of <paramref name="length"/> bytes when there is none.</summary>
    public void Expect(int length)
    {
        if (_received < Bytes.Length)
            return;
        var larger = FrameArrays.Rent(Math.Min(length, Bytes.Length * 4));
        Bytes.AsSpan(0, _received).CopyTo(larger);
        if (_rented is not null)
            FrameArrays.Return(_rented);
        _rented = larger;
    }

    public void Clear()
    {
        _received = 0;
        if (_rented is null)
            return;
        FrameArrays.Return(_rented);
        _rented = null;
    }

    public void Dispose() => Clear();
}
