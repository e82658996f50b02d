using System.Collections;
using System.Text.Json;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Writes records as JSON, for rest-json and json-1.1. Null members are omitted.</summary>
internal static class JsonShapeWriter
{
    public static void Write(Utf8JsonWriter json, StructureShape shape, object structure, bool camelCase)
    {
        json.WriteStartObject();
        foreach (var member in shape.Members)
        {
            if (member.Location != MemberLocation.Body || member.Get(structure) is not { } value)
                continue;
            json.WritePropertyName(camelCase ? member.EncodedCamelName : member.EncodedName);
            WriteValue(json, member.Shape, value, camelCase);
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, Shape shape, object value, bool camelCase)
    {
        switch (shape)
        {
            case StructureShape structure:
                Write(json, structure, value, camelCase);
                break;
            case ListShape list:
                json.WriteStartArray();
                foreach (var item in (IEnumerable)value)
                    WriteValue(json, list.Item, item, camelCase);
                json.WriteEndArray();
                break;
            case MapShape map:
                json.WriteStartObject();
                foreach (var (key, item) in Entries(value))
                {
                    json.WritePropertyName(key);
                    WriteValue(json, map.Value, item, camelCase);
                }
                json.WriteEndObject();
                break;
            default:
                WriteScalar(json, value);
                break;
        }
    }

    /// <summary>Returns the entries of an <c>IReadOnlyDictionary</c> with string keys and values of any type.</summary>
    internal static IEnumerable<KeyValuePair<string, object>> Entries(object map)
    {
        if (map is IReadOnlyDictionary<string, string> strings)
        {
            foreach (var (key, value) in strings)
                yield return new(key, value);
            yield break;
        }
        foreach (DictionaryEntry entry in (IDictionary)map)
            yield return new((string)entry.Key, entry.Value!);
    }

    private static void WriteScalar(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                json.WriteNumberValue(time.ToUnixTimeMilliseconds() / 1000m);
                break;
            case ReadOnlyMemory<byte> bytes:
                json.WriteBase64StringValue(bytes.Span);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is no scalar");
        }
    }
}
