using System.Buffers.Binary;
using System.Text;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>A frame from the bridge, as the shim would read it.</summary>
public sealed record Answer(FrameType Type, byte[] Body)
{
    public uint RequestId => BinaryPrimitives.ReadUInt32BigEndian(Body);

    public byte[]? Field(byte tag)
    {
        var fields = Body.AsSpan(4);
        var reader = new FieldReader(fields);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out var found, out var offset, out var length))
                throw new InvalidDataException("field cut short");
            if (found == tag)
                return fields.Slice(offset, length).ToArray();
        }
        return null;
    }

    public uint StatusCode => BinaryPrimitives.ReadUInt32BigEndian(Field((byte)ResultTag.StatusCode));
    public string? Payload => Text((byte)ResultTag.Payload);
    public string? ExecutedVersion => Text((byte)ResultTag.ExecutedVersion);
    public string? LogResult => Text((byte)ResultTag.LogResult);
    public string? SqlState => Text((byte)ErrorTag.SqlState);
    public string? Message => Text((byte)ErrorTag.Message);
    public string? Detail => Text((byte)ErrorTag.Detail);
    public string? Hint => Text((byte)ErrorTag.Hint);

    public Answer ShouldBeResult()
    {
        Assert.True(Type == FrameType.Result, $"{Type}: {(Type == FrameType.Error ? $"{SqlState} {Message} / {Detail} / {Hint}" : "")}");
        return this;
    }

    public Answer ShouldBeError(string sqlState)
    {
        Assert.Equal(FrameType.Error, Type);
        Assert.Equal(sqlState, SqlState);
        return this;
    }

    private string? Text(byte tag) => Field(tag) is { } value ? Encoding.UTF8.GetString(value) : null;
}
