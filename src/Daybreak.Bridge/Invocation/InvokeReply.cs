using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The answer to a backend, ready to be sent: a frame, and for a large payload the rest of it where it was received.
/// </summary>
public sealed class InvokeReply : IDisposable
{
    private byte[]? _rented;

    public ByteBuffer Frame { get; } = new();

    /// <summary>What follows the frame's buffer; empty for all but large payloads.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; }

    /// <summary>Takes over an array of <see cref="FrameArrays"/>.</summary>
    public void Append(byte[] rented, int length)
    {
        _rented = rented;
        Rest = rented.AsMemory(0, length);
    }

    public void Clear()
    {
        Frame.Clear();
        Rest = default;
        if (_rented is null)
            return;
        FrameArrays.Return(_rented);
        _rented = null;
    }

    public void Dispose() => Clear();
}
