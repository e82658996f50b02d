using System.Text.Json;

namespace Daybreak.DotnetRuntime;

/// <summary>An exception as AWS's runtime reports it.</summary>
internal sealed record ErrorPayload(string Type, byte[] Json)
{
    public static ErrorPayload Of(Exception error)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            Write(json, error);
        return new ErrorPayload(error.GetType().Name, bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Exception error)
    {
        json.WriteStartObject();
        json.WriteString("errorType", error.GetType().Name);
        json.WriteString("errorMessage", error.Message);
        json.WriteStartArray("stackTrace");
        foreach (var line in (error.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            json.WriteStringValue(line);
        json.WriteEndArray();
        if (error.InnerException is { } inner)
        {
            json.WritePropertyName("cause");
            Write(json, inner);
        }
        json.WriteEndObject();
    }
}
