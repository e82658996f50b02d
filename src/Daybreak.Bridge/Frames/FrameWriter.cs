using System.Buffers.Binary;
using System.Text;
using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Frames;

/// <summary>Writes frames; each method's comment is the grammar of its frame. The caller keeps body sizes below the limit.</summary>
public static class FrameWriter
{
    /// <summary><c>H version(2) text</c></summary>
    public static void Hello(ByteBuffer to, ushort version, string client)
    {
        var start = Begin(to, FrameType.Hello);
        to.WriteUInt16(version);
        Text(to, client);
        End(to, start);
    }

    /// <summary><c>W version(2) process-id(4) text</c></summary>
    public static void Welcome(ByteBuffer to, ushort version, int processId, string bridge)
    {
        var start = Begin(to, FrameType.Welcome);
        to.WriteUInt16(version);
        to.WriteUInt32((uint)processId);
        Text(to, bridge);
        End(to, start);
    }

    /// <summary><c>S</c></summary>
    public static void Status(ByteBuffer to) => End(to, Begin(to, FrameType.Status));

    /// <summary><c>T json</c></summary>
    public static void StatusText(ByteBuffer to, ReadOnlySpan<byte> json)
    {
        var start = Begin(to, FrameType.StatusText);
        to.Write(json);
        End(to, start);
    }

    /// <summary><c>E request-id(4) sqlstate message [detail] [hint]</c></summary>
    public static void Error(ByteBuffer to, uint requestId, SqlError error)
    {
        var start = Begin(to, FrameType.Error);
        to.WriteUInt32(requestId);
        TextField(to, (byte)ErrorTag.SqlState, error.SqlState);
        TextField(to, (byte)ErrorTag.Message, error.Message);
        if (error.Detail is { } detail)
            TextField(to, (byte)ErrorTag.Detail, detail);
        if (error.Hint is { } hint)
            TextField(to, (byte)ErrorTag.Hint, hint);
        End(to, start);
    }

    /// <summary><c>N request-id(4) json</c></summary>
    public static void Explanation(ByteBuffer to, uint requestId, ReadOnlySpan<byte> json)
    {
        var start = Begin(to, FrameType.Explanation);
        to.WriteUInt32(requestId);
        Field(to, (byte)ExplanationTag.Json, json);
        End(to, start);
    }

    /// <summary>
    /// <c>R request-id(4) status-code [executed-version] [log-result] [payload]</c>, up to and without the bytes of the
    /// payload, which come last so that a large one can be sent from where it was received.
    /// </summary>
    public static void ResultUpToPayload(
        ByteBuffer to,
        uint requestId,
        int statusCode,
        ReadOnlySpan<byte> executedVersion,
        ReadOnlySpan<byte> logResult,
        int? payloadBytes
    )
    {
        var start = Begin(to, FrameType.Result);
        to.WriteUInt32(requestId);
        FieldPrefix(to, (byte)ResultTag.StatusCode, 4);
        to.WriteUInt32((uint)statusCode);
        if (!executedVersion.IsEmpty)
            Field(to, (byte)ResultTag.ExecutedVersion, executedVersion);
        if (!logResult.IsEmpty)
            Field(to, (byte)ResultTag.LogResult, logResult);
        if (payloadBytes is { } bytes)
            FieldPrefix(to, (byte)ResultTag.Payload, bytes);
        End(to, start, payloadBytes ?? 0);
    }

    /// <summary>Opens a frame whose fields the caller writes; close it with <see cref="End"/>.</summary>
    public static int Begin(ByteBuffer to, FrameType type)
    {
        var start = to.Length;
        to.WriteUInt32(0);
        to.WriteByte((byte)type);
        return start;
    }

    /// <summary>
    /// Closes the frame that starts at <paramref name="start"/>; <paramref name="toFollow"/> bytes of it are sent separately.
    /// </summary>
    public static void End(ByteBuffer to, int start, int toFollow = 0) =>
        BinaryPrimitives.WriteUInt32BigEndian(to.WrittenSpan[start..], (uint)(to.Length - start - FrameHeader.LengthBytes + toFollow));

    public static void Field(ByteBuffer to, byte tag, ReadOnlySpan<byte> value)
    {
        FieldPrefix(to, tag, value.Length);
        to.Write(value);
    }

    public static void TextField(ByteBuffer to, byte tag, string value)
    {
        // PostgreSQL's text cannot contain NUL, and an endpoint's answer may contain anything.
        value = value.Replace('\0', '\uFFFD');
        FieldPrefix(to, tag, Encoding.UTF8.GetByteCount(value));
        Text(to, value);
    }

    public static void NumberField(ByteBuffer to, byte tag, uint value)
    {
        FieldPrefix(to, tag, 4);
        to.WriteUInt32(value);
    }

    private static void FieldPrefix(ByteBuffer to, byte tag, int length)
    {
        to.WriteByte(tag);
        to.WriteUInt32((uint)length);
    }

    private static void Text(ByteBuffer to, string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        to.Advance(Encoding.UTF8.GetBytes(text, to.GetSpan(bytes)));
    }
}
