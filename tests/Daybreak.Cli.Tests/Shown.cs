using System.Text.Json;

namespace Daybreak.Cli.Tests;

/// <summary>What a formatter writes of an answer.</summary>
internal static class Shown
{
    public static string By(Action<JsonElement, TextWriter> write, string answer)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(Json(answer), output);
        return output.ToString();
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
