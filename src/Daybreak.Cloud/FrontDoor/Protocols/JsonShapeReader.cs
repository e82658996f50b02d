using System.Globalization;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Builds records from JSON bodies, for rest-json and json-1.1.</summary>
internal static class JsonShapeReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads the members in the body. An empty body has none.</summary>
    public static void ReadBody(AwsService service, AwsOperation operation, ReadOnlyMemory<byte> body, object request)
    {
        if (body.IsEmpty)
            return;
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Wrong(document.RootElement, "Structure");
            Fill(service, operation, operation.Request, document.RootElement, request);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8 or contains half a surrogate pair.
            throw AwsException.Sender("SerializationException", $"Could not parse request body into json: {Reason(error)}");
        }
    }

    private static void Fill(AwsService service, AwsOperation operation, StructureShape shape, JsonElement json, object structure)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            var member = shape.Find(property.Name, service.CamelCaseMembers);
            if (member is null || member.Location != MemberLocation.Body)
                throw NotImplemented.Of($"the parameter {property.Name} of {operation.Name}");
            member.Set(structure, Read(service, operation, member.Shape, property.Value));
        }
    }

    private static object Read(AwsService service, AwsOperation operation, Shape shape, JsonElement json)
    {
        switch (shape)
        {
            case ScalarShape scalar:
                return ReadScalar(scalar.Kind, json);
            case ListShape list:
                if (json.ValueKind != JsonValueKind.Array)
                    throw Wrong(json, "List");
                var items = new List<object>(json.GetArrayLength());
                foreach (var item in json.EnumerateArray())
                    items.Add(
                        item.ValueKind == JsonValueKind.Null ? throw Wrong(item, "list item") : Read(service, operation, list.Item, item)
                    );
                return list.Build(items);
            case MapShape map:
                if (json.ValueKind != JsonValueKind.Object)
                    throw Wrong(json, "Map");
                var entries = new List<KeyValuePair<string, object>>();
                foreach (var entry in json.EnumerateObject())
                {
                    if (entry.Value.ValueKind != JsonValueKind.Null)
                        entries.Add(new(entry.Name, Read(service, operation, map.Value, entry.Value)));
                }
                return map.Build(entries);
            default:
                if (json.ValueKind != JsonValueKind.Object)
                    throw Wrong(json, "Structure");
                var structure = ((StructureShape)shape).Create();
                Fill(service, operation, (StructureShape)shape, json, structure);
                return structure;
        }
    }

    private static object ReadScalar(ScalarKind kind, JsonElement json) =>
        kind switch
        {
            ScalarKind.String => json.ValueKind == JsonValueKind.String ? json.GetString()! : throw Wrong(json, "String"),
            ScalarKind.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? json.GetBoolean()
                : throw Wrong(json, "Boolean"),
            ScalarKind.Integer => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number)
                ? number
                : throw Wrong(json, "Integer"),
            ScalarKind.Long => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number)
                ? number
                : throw Wrong(json, "Long"),
            ScalarKind.Double => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number)
                ? number
                : throw Wrong(json, "Double"),
            ScalarKind.Timestamp => ReadTimestamp(json),
            _ => json.ValueKind == JsonValueKind.String && json.TryGetBytesFromBase64(out var bytes)
                ? new ReadOnlyMemory<byte>(bytes)
                : throw Wrong(json, "Blob"),
        };

    private static DateTimeOffset ReadTimestamp(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var seconds) && Math.Abs(seconds) < 250_000_000_000)
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        if (
            json.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        )
            return time;
        throw Wrong(json, "Timestamp");
    }

    private static AwsException Wrong(JsonElement json, string wanted)
    {
        var found = json.ValueKind switch
        {
            JsonValueKind.String => "STRING_VALUE",
            JsonValueKind.Number => "NUMBER_VALUE",
            JsonValueKind.True => "TRUE_VALUE",
            JsonValueKind.False => "FALSE_VALUE",
            JsonValueKind.Object => "START_OBJECT",
            JsonValueKind.Array => "START_ARRAY",
            _ => "NULL_VALUE",
        };
        var article = wanted[0] is 'I' or 'i' ? "an" : "a";
        return AwsException.Sender("SerializationException", $"{found} can not be converted to {article} {wanted}");
    }

    // Returns the reason without .NET's suffix of path and position. It quotes nothing of the body.
    private static string Reason(Exception error) =>
        error is JsonException { LineNumber: { } line, BytePositionInLine: { } column } json
            ? $"{json.Message.Split(" LineNumber:", 2)[0]} at line {line + 1}, column {column + 1}"
            : "Invalid UTF-8 or UTF-16 in a string";
}
