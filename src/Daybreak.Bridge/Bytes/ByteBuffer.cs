using System.Buffers;
using System.Buffers.Binary;

namespace Daybreak.Bridge.Bytes;

/// <summary>
/// A buffer for outgoing bytes. It grows by renting, and keeps one small array for the common case. It has one writer at a time.
/// </summary>
public sealed class ByteBuffer(int kept = 4096) : IBufferWriter<byte>, IDisposable
{
    private readonly byte[] _kept = new byte[kept];
    private byte[]? _rented;

    private byte[] Bytes => _rented ?? _kept;

    public int Length { get; private set; }
    public ReadOnlyMemory<byte> Written => Bytes.AsMemory(0, Length);
    public Span<byte> WrittenSpan => Bytes.AsSpan(0, Length);

    /// <summary>Empties the buffer, and returns an array that had grown to the pool.</summary>
    public void Clear()
    {
        Length = 0;
        if (_rented is null)
            return;
        FrameArrays.Return(_rented);
        _rented = null;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return Bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return Bytes.AsSpan(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(Bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        Ensure(1);
        Bytes[Length++] = value;
    }

    public void WriteUInt32(uint value)
    {
        Ensure(4);
        BinaryPrimitives.WriteUInt32BigEndian(Bytes.AsSpan(Length), value);
        Length += 4;
    }

    public void WriteUInt16(ushort value)
    {
        Ensure(2);
        BinaryPrimitives.WriteUInt16BigEndian(Bytes.AsSpan(Length), value);
        Length += 2;
    }

    public void Dispose()
    {
        Clear();
    }

    private void Ensure(int more)
    {
        if (Bytes.Length - Length >= more)
            return;
        var larger = FrameArrays.Rent(Math.Max(Bytes.Length * 2, Length + more));
        WrittenSpan.CopyTo(larger);
        if (_rented is not null)
            FrameArrays.Return(_rented);
        _rented = larger;
    }
}
