using System.Buffers;
using System.Buffers.Binary;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>
/// Splits the output of a runtime into log events: one per line, or one per frame. A frame keeps a message of several lines together.
/// It has the format of AWS's runtimes: A5 5A 00 and a level, 4 bytes length, 8 bytes microseconds, the message. The first two bytes
/// never follow each other in UTF-8 text, so that frames and text share one pipe and stay in order.
/// </summary>
/// <param name="emit">Gets each event, and whether it was a frame.</param>
internal sealed class OutputEvents(Action<ReadOnlySpan<byte>, bool> emit)
{
    /// <summary>Maximum length of an event in CloudWatch Logs. A longer line is split.</summary>
    private const int EventLimit = 256 * 1024;

    private const int FrameHead = 16;
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\n"u8.ToArray().Append((byte)0xa5).ToArray());

    // The part of a line or frame that has arrived so far.
    private readonly ArrayBufferWriter<byte> _pending = new();

    public void Write(ReadOnlySpan<byte> chunk)
    {
        if (_pending.WrittenCount == 0)
        {
            var rest = EmitComplete(chunk);
            Keep(rest);
            return;
        }

        if (chunk.IndexOfAny(Marks) < 0 && !IsFrame(_pending.WrittenSpan) && _pending.WrittenCount + chunk.Length < EventLimit)
        {
            Keep(chunk);
            return;
        }

        Keep(chunk);
        var joined = _pending.WrittenSpan.ToArray();
        _pending.ResetWrittenCount();
        Keep(EmitComplete(joined));
    }

    /// <summary>Makes an event of an unfinished line, which nothing will complete.</summary>
    public void Flush()
    {
        if (_pending.WrittenCount == 0)
            return;
        emit(_pending.WrittenSpan, false);
        _pending.ResetWrittenCount();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            _pending.Write(bytes);
    }

    private ReadOnlySpan<byte> EmitComplete(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (IsFrame(bytes))
            {
                if (bytes.Length < FrameHead)
                    return bytes;
                var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
                if (length <= EventLimit)
                {
                    if (bytes.Length < FrameHead + length)
                        return bytes;
                    emit(bytes.Slice(FrameHead, (int)length), true);
                    bytes = bytes[(FrameHead + (int)length)..];
                    continue;
                }
            }

            var end = EndOfLine(bytes);
            if (end < 0 && bytes.Length < EventLimit)
                return bytes;
            if (end < 0 || end > EventLimit)
                end = EventLimit;
            emit(bytes[..end], false);
            bytes = bytes[end..];
        }

        return bytes;
    }

    // The index after the line feed, or that of a frame that begins within the line.
    private static int EndOfLine(ReadOnlySpan<byte> bytes)
    {
        var from = 0;
        while (true)
        {
            var mark = bytes[from..].IndexOfAny(Marks);
            if (mark < 0)
                return -1;
            var position = from + mark;
            if (bytes[position] == '\n')
                return position + 1;
            if (position > 0 && IsFrame(bytes[position..]))
                return position;
            from = position + 1;
        }
    }

    private static bool IsFrame(ReadOnlySpan<byte> bytes) => bytes.Length >= 3 && bytes[0] == 0xa5 && bytes[1] == 0x5a && bytes[2] == 0x00;
}
