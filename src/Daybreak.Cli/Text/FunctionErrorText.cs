using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daybreak.Cli.Text;

/// <summary>Formats the error of a function as its language would: the stack trace in lines.</summary>
internal static class FunctionErrorText
{
    /// <param name="payload">The answer of a call that ended in an error.</param>
    public static string Of(string payload)
    {
        try
        {
            return JsonNode.Parse(payload) is JsonObject error ? Of(error) : payload;
        }
        catch (JsonException)
        {
            return payload;
        }
    }

    private static string Of(JsonObject error)
    {
        var (type, message) = (Text(error["errorType"]), Text(error["errorMessage"]));
        var heading = string.Join(": ", new[] { type, message }.Where(static part => part.Length > 0));
        // Python and Ruby call it stackTrace, Node.js trace, whose first line is the heading again.
        var trace = (error["stackTrace"] ?? error["trace"]) switch
        {
            JsonArray lines => lines.Select(Text),
            JsonValue text => [Text(text)],
            _ => [],
        };
        string[] shown = [.. trace.Select(static line => line.TrimEnd('\n')).Where(line => line.Trim().Length > 0 && line != heading)];
        return string.Join('\n', shown.Prepend(heading));
    }

    private static string Text(JsonNode? value) =>
        value is null ? ""
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : value.ToJsonString();
}
