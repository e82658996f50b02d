using System.Buffers.Binary;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>The events in the bytes of a batch.</summary>
internal readonly ref struct BatchReader(long firstTime, ReadOnlySpan<byte> batch)
{
    private readonly ReadOnlySpan<byte> _batch = batch;

    public Enumerator GetEnumerator() => new(firstTime, _batch);

    public ref struct Enumerator(long firstTime, ReadOnlySpan<byte> batch)
    {
        private ReadOnlySpan<byte> _rest = batch[BatchHead.Size..];
        private ReadOnlySpan<byte> _message;
        private long _time;

        public readonly LogLine Current => new(_time, _message);

        public bool MoveNext()
        {
            if (_rest.Length < BatchHead.EventHead)
                return false;
            var length = BinaryPrimitives.ReadInt32LittleEndian(_rest[4..]);
            if (length < 0 || length > _rest.Length - BatchHead.EventHead)
                return false;
            _time = firstTime + BinaryPrimitives.ReadInt32LittleEndian(_rest);
            _message = _rest.Slice(BatchHead.EventHead, length);
            _rest = _rest[(BatchHead.EventHead + length)..];
            return true;
        }
    }
}

/// <summary>An event as it lies in a batch.</summary>
internal readonly ref struct LogLine(long time, ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    public void Deconstruct(out long at, out ReadOnlySpan<byte> text)
    {
        at = time;
        text = _message;
    }
}
