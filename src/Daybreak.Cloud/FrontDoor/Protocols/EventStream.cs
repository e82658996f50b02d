using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// Writes messages of <c>application/vnd.amazon.eventstream</c>: lengths, a checksum of these, headers, payload, a checksum of everything.
/// <see href="https://smithy.io/2.0/aws/amazon-eventstream.html"/>
/// </summary>
public static class EventStream
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    private const int PreludeLength = 12;
    private const int LongestPayload = 1024 * 1024;
    private const byte TextHeader = 7;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(static value => Entry((uint)value))];

    /// <summary>Writes an event, in several messages if its payload is very long.</summary>
    /// <param name="type">Name of the event in AWS's model: <c>PayloadChunk</c>.</param>
    public static void WriteEvent(IBufferWriter<byte> target, string type, string contentType, ReadOnlySequence<byte> payload)
    {
        do
        {
            var part = payload.Slice(0, Math.Min(payload.Length, LongestPayload));
            WriteWhole(target, type, contentType, part);
            payload = payload.Slice(part.Length);
        } while (!payload.IsEmpty);
    }

    /// <summary>Writes an event in one message.</summary>
    public static void WriteWhole(IBufferWriter<byte> target, string type, string contentType, ReadOnlySequence<byte> payload) =>
        WriteMessage(target, [(":event-type", type), (":content-type", contentType), (":message-type", "event")], payload);

    /// <summary>Writes an error that ends the stream.</summary>
    /// <param name="json">Its members.</param>
    public static void WriteException(IBufferWriter<byte> target, string type, string json) =>
        WriteMessage(
            target,
            [(":exception-type", type), (":content-type", "application/json"), (":message-type", "exception")],
            new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json))
        );

    private static void WriteMessage(
        IBufferWriter<byte> target,
        ReadOnlySpan<(string Name, string Value)> headers,
        ReadOnlySequence<byte> payload
    )
    {
        var headersLength = 0;
        foreach (var (name, value) in headers)
            headersLength += 1 + name.Length + 1 + 2 + value.Length;
        var length = PreludeLength + headersLength + (int)payload.Length + 4;
        var message = target.GetSpan(length)[..length];

        BinaryPrimitives.WriteInt32BigEndian(message, length);
        BinaryPrimitives.WriteInt32BigEndian(message[4..], headersLength);
        BinaryPrimitives.WriteUInt32BigEndian(message[8..], Checksum(message[..8]));
        var rest = message[PreludeLength..];
        foreach (var (name, value) in headers)
        {
            rest[0] = (byte)name.Length;
            Encoding.ASCII.GetBytes(name, rest[1..]);
            rest = rest[(1 + name.Length)..];
            rest[0] = TextHeader;
            BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)value.Length);
            Encoding.ASCII.GetBytes(value, rest[3..]);
            rest = rest[(3 + value.Length)..];
        }
        payload.CopyTo(rest);
        BinaryPrimitives.WriteUInt32BigEndian(message[^4..], Checksum(message[..^4]));
        target.Advance(length);
    }

    // CRC-32 of IEEE 802.3; System.Numerics.BitOperations has only that of Castagnoli.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
