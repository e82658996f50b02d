using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Runtime.Telemetry;

/// <summary>What extensions are told: the UTF-8 of <c>{"time":…,"type":…,"record":…}</c>.</summary>
/// <param name="Schemas">Those that have it, in this form.</param>
internal sealed record TelemetryRecord(TelemetryTypes Type, TelemetrySchemas Schemas, byte[] Json)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line that a function or an extension has written.</summary>
    /// <param name="isStructured">Whether the function logs JSON, so that newer schemas have its JSON as objects.</param>
    public static IEnumerable<TelemetryRecord> OfLine(TelemetryTypes type, DateTimeOffset time, ReadOnlySpan<byte> line, bool isStructured)
    {
        var name = type == TelemetryTypes.Function ? "function" : "extension";
        var text = Encoding.UTF8.GetString(line);
        if (!isStructured || ObjectIn(line) is not { } json)
            return [new TelemetryRecord(type, TelemetrySchemas.All, Write(time, name, writer => writer.WriteStringValue(text)))];
        return
        [
            new TelemetryRecord(
                type,
                TelemetrySchemas.All & ~TelemetrySchemas.Telemetry2022December,
                Write(time, name, writer => writer.WriteStringValue(text))
            ),
            new TelemetryRecord(type, TelemetrySchemas.Telemetry2022December, Write(time, name, writer => writer.WriteRawValue(json))),
        ];
    }

    public static byte[] Write(DateTimeOffset time, string type, Action<Utf8JsonWriter> record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartObject();
        writer.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("type", type);
        writer.WritePropertyName("record");
        record(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[]? ObjectIn(ReadOnlySpan<byte> line)
    {
        var trimmed = line.Trim(" \t\r\n"u8);
        if (trimmed is not [(byte)'{', ..])
            return null;
        try
        {
            var reader = new Utf8JsonReader(trimmed);
            reader.Read();
            reader.Skip();
            return reader.BytesConsumed == trimmed.Length ? trimmed.ToArray() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
