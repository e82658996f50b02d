using System.Buffers.Binary;
using System.IO.Hashing;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>
/// The head of a batch in a file: "LOGB", a checksum of all that follows, the length of everything, the number of events, the stream, the
/// sequence number of the first event, three times. Each event then is the distance of its time from the first, its length, its message.
/// </summary>
internal readonly record struct BatchHead(
    int Length,
    int Count,
    long StreamId,
    long FirstSequence,
    long IngestionTime,
    long FirstTime,
    long LastTime
)
{
    public const int Size = 56;
    public const int EventHead = 8;

    private const uint Mark = 0x42474F4C;
    private const int Checked = 8; // where the part begins that the checksum covers

    /// <summary>Writes the head of a whole batch, whose events are there already.</summary>
    public void Write(Span<byte> batch)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(batch, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(batch[8..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(batch[12..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(batch[16..], StreamId);
        BinaryPrimitives.WriteInt64LittleEndian(batch[24..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(batch[32..], IngestionTime);
        BinaryPrimitives.WriteInt64LittleEndian(batch[40..], FirstTime);
        BinaryPrimitives.WriteInt64LittleEndian(batch[48..], LastTime);
        BinaryPrimitives.WriteUInt32LittleEndian(batch[4..], Crc32.HashToUInt32(batch[Checked..Length]));
    }

    /// <returns>False when no batch begins here.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BatchHead head)
    {
        head = default;
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Mark)
            return false;
        head = new BatchHead(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..])
        );
        return head.Length >= Size && head.Count >= 0;
    }

    /// <summary>Whether the checksum of a whole batch is right.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> batch) =>
        BinaryPrimitives.ReadUInt32LittleEndian(batch[4..]) == Crc32.HashToUInt32(batch[Checked..]);
}
