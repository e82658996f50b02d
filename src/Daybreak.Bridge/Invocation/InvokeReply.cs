using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary>The answer to a backend, ready to send: a frame, and the rest of a large payload in the array where it was received.</summary>
public sealed class InvokeReply : IDisposable
{
    private byte[]? _rented;

    public ByteBuffer Frame { get; } = new();

    /// <summary>What follows the frame's buffer; empty except for large payloads.</summary>
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
