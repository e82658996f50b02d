using System.Buffers.Binary;
using System.Text;

namespace Daybreak.Bridge.Tests.Telemetry;

/// <summary>A message of Protocol Buffers as its wire format has it: numbers of fields and bytes, without a schema.</summary>
internal sealed class Wire
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public Wire(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var key = Varint(ref bytes);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref bytes), []));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes), bytes[..8].ToArray()));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    _fields.Add((field, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                default:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes), bytes[..4].ToArray()));
                    bytes = bytes[4..];
                    break;
            }
        }
    }

    public IEnumerable<Wire> Messages(int field) => All(field).Select(entry => new Wire(entry.Bytes));

    public IEnumerable<Wire> Messages(params ReadOnlySpan<int> path)
    {
        IEnumerable<Wire> found = [this];
        foreach (var field in path)
            found = found.SelectMany(message => message.Messages(field)).ToArray();
        return found;
    }

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public byte[] Bytes(int field) => All(field).Select(entry => entry.Bytes).FirstOrDefault([]);

    public ulong Number(int field) => All(field).Select(entry => entry.Number).FirstOrDefault();

    /// <summary>A list of <c>KeyValue</c> (opentelemetry/proto/common/v1).</summary>
    public Dictionary<string, string> Attributes(int field) =>
        Messages(field).ToDictionary(pair => pair.Text(1), pair => ValueOf(pair.Messages(2).Single()));

    private static string ValueOf(Wire any) =>
        any._fields is [var (field, number, bytes)] && field == 1 ? Encoding.UTF8.GetString(bytes) : $"{any._fields.Single().Number}";

    private IEnumerable<(int Field, ulong Number, byte[] Bytes)> All(int field) => _fields.Where(entry => entry.Field == field);

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
