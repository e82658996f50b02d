using System.Buffers;
using System.Text;
using System.Text.Json;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>JSON of requests and answers of the test interface.</summary>
internal static class JsonBody
{
    private const int Most = 160 * 1024 * 1024;

    /// <summary>The body of a request; null when it is no JSON object.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        var body = new ArrayBufferWriter<byte>();
        for (int count; (count = await request.Body.ReadAsync(body.GetMemory(4096), request.HttpContext.RequestAborted)) > 0; )
        {
            body.Advance(count);
            if (body.WrittenCount > Most)
                return null;
        }
        return JsonSubset.TryParse(body.WrittenMemory, out var json) && json.ValueKind == JsonValueKind.Object ? json : null;
    }

    public static Task AnswerAsync(HttpContext http, Action<Utf8JsonWriter> write) =>
        RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", write).AsTask();

    public static Task RefuseAsync(HttpContext http, string why)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return AnswerAsync(
            http,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("message", why);
                json.WriteEndObject();
            }
        );
    }

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member as text of JSON; empty when it is not there.</summary>
    public static byte[] Raw(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? Encoding.UTF8.GetBytes(value.GetRawText()) : [];

    /// <summary>Writes what a function got or answered: JSON as it is, anything else as text.</summary>
    public static void Write(Utf8JsonWriter json, string name, byte[] bytes)
    {
        if (bytes.Length == 0)
            return;
        if (JsonSubset.TryParse(bytes, out var value))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        else
            json.WriteString(name, Encoding.UTF8.GetString(bytes));
    }

    /// <summary>A text that is the same for JSON that differs in layout only, or in the order of members.</summary>
    public static string Canonical(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "{}"; // what a function gets then
        if (!JsonSubset.TryParse(bytes, out var json))
            return Encoding.UTF8.GetString(bytes.Span);
        var text = new StringBuilder();
        Append(text, json);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in json.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    text.Append(JsonEncodedText.Encode(member.Name)).Append(':');
                    Append(text, member.Value);
                    text.Append(',');
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in json.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append('"').Append(JsonEncodedText.Encode(json.GetString()!)).Append('"');
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }
    }
}
