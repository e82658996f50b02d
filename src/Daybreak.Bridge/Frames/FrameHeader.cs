using System.Buffers.Binary;

namespace Daybreak.Bridge.Frames;

/// <summary>The result of reading the first five bytes of a frame.</summary>
public enum FrameProgress
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>One whole frame has arrived.</summary>
    Complete,

    /// <summary>The length is 0 or over the limit: nothing after it can be trusted.</summary>
    BadLength,
}

/// <summary>
/// <c>frame = length(4, big-endian, of what follows) type(1) body(length - 1)</c>; 1 ≤ length ≤ <see cref="MaxLength"/>.
/// </summary>
public static class FrameHeader
{
    public const int MaxLength = 16_777_216;
    public const int LengthBytes = 4;
    public const int Bytes = LengthBytes + 1;

    /// <summary>Reads the start of <paramref name="received"/>; <paramref name="frameLength"/> counts from its first byte.</summary>
    public static FrameProgress Measure(ReadOnlySpan<byte> received, out int frameLength)
    {
        frameLength = 0;
        if (received.Length < LengthBytes)
            return FrameProgress.Incomplete;
        var length = BinaryPrimitives.ReadUInt32BigEndian(received);
        if (length is 0 or > MaxLength)
            return FrameProgress.BadLength;
        frameLength = LengthBytes + (int)length;
        return received.Length < frameLength ? FrameProgress.Incomplete : FrameProgress.Complete;
    }
}
