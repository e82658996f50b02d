using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>Events of one stream on their way to a file. They are added in the order of their times.</summary>
internal sealed class NewBatch
{
    private readonly ArrayBufferWriter<byte> _bytes;
    private long _firstTime;
    private long _lastTime;

    /// <param name="size">The expected size of all messages.</param>
    public NewBatch(int size)
    {
        _bytes = new ArrayBufferWriter<byte>(BatchHead.Size + size);
        _bytes.GetSpan(BatchHead.Size)[..BatchHead.Size].Clear();
        _bytes.Advance(BatchHead.Size);
    }

    public int Count { get; private set; }

    public int Length => _bytes.WrittenCount;

    public long FirstTime => _firstTime;

    public void Add(long time, string message)
    {
        if (Count == 0)
            _firstTime = _lastTime = time;
        // A clock may be set back; the events stay in the order in which they came.
        _lastTime = Math.Max(_lastTime, time);
        var longest = Encoding.UTF8.GetMaxByteCount(message.Length);
        var target = _bytes.GetSpan(BatchHead.EventHead + longest);
        var length = Encoding.UTF8.GetBytes(message, target[BatchHead.EventHead..]);
        BinaryPrimitives.WriteInt32LittleEndian(target, (int)(_lastTime - _firstTime));
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], length);
        _bytes.Advance(BatchHead.EventHead + length);
        Count++;
    }

    /// <summary>Writes the head.</summary>
    /// <returns>The head and all bytes.</returns>
    public (BatchHead Head, ReadOnlyMemory<byte> Bytes) Seal(long streamId, long firstSequence, long ingestionTime)
    {
        var head = new BatchHead(Length, Count, streamId, firstSequence, ingestionTime, _firstTime, _lastTime);
        // The writer's own memory: nobody else has it.
        head.Write(System.Runtime.InteropServices.MemoryMarshal.AsMemory(_bytes.WrittenMemory).Span);
        return (head, _bytes.WrittenMemory);
    }
}
