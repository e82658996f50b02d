using System.Buffers;
using System.Text.Json;

namespace Daybreak.Bridge.Explain;

/// <summary>Writes stages as JSON, in ASCII only, so that databases of every encoding can store it.</summary>
internal static class ExplanationJson
{
    // Texts of endpoints and certificates may have any length.
    private const int LongestText = 4000;

    /// <param name="from">The origin of the call.</param>
    public static ReadOnlyMemory<byte> Write(string from, string? function, IReadOnlyList<Stage> stages)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("database", Printable(from));
        json.WriteString("function", Printable(function ?? ""));
        json.WriteBoolean("works", stages.All(static stage => stage.State is StageState.Ok or StageState.NotSeen));
        json.WriteStartArray("stages");
        foreach (var stage in stages)
            Write(json, stage);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Stage stage)
    {
        json.WriteStartObject();
        json.WriteString("stage", stage.Name);
        json.WriteString(
            "state",
            stage.State switch
            {
                StageState.Ok => "ok",
                StageState.Failed => "failed",
                StageState.NotSeen => "notSeen",
                _ => "notReached",
            }
        );
        json.WriteString("text", Printable(stage.Text));
        WriteTexts(json, "evidence", stage.Evidence);
        json.WriteStartArray("toMend");
        if (stage.Fix is { } step)
        {
            json.WriteStartObject();
            json.WriteString("what", Printable(step.What));
            WriteTexts(json, "commands", step.Commands);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(Printable(text));
        json.WriteEndArray();
    }

    // PostgreSQL's text cannot contain NUL, and a terminal obeys other control characters.
    private static string Printable(string text)
    {
        if (text.Length > LongestText)
            text = text[..LongestText] + "…";
        return text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)) : text;
    }
}
