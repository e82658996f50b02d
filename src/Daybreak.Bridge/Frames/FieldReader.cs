using System.Buffers.Binary;

namespace Daybreak.Bridge.Frames;

/// <summary><c>fields = *( tag(1) length(4, big-endian) value(length) )</c></summary>
public ref struct FieldReader(ReadOnlySpan<byte> fields)
{
    private const int PrefixBytes = 5;
    private readonly ReadOnlySpan<byte> _fields = fields;
    private int _position;

    public readonly bool AtEnd => _position == _fields.Length;

    /// <summary>Returns offset of the value within the fields, its length and tag; false when the rest is not a whole field.</summary>
    public bool TryRead(out byte tag, out int offset, out int length)
    {
        tag = 0;
        offset = length = 0;
        var left = _fields[_position..];
        if (left.Length < PrefixBytes)
            return false;
        var declared = BinaryPrimitives.ReadUInt32BigEndian(left[1..]);
        if (declared > (uint)(left.Length - PrefixBytes))
            return false;
        tag = left[0];
        offset = _position + PrefixBytes;
        length = (int)declared;
        _position = offset + length;
        return true;
    }
}
