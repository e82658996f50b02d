using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Explaining;

namespace Daybreak.Cli.Text;

/// <summary>Formats the server's explanation as text.</summary>
internal static class ExplanationText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(JsonElement answer, TextWriter output)
    {
        output.WriteLine(
            Text(answer, "decision") switch
            {
                "allowed" => "ALLOWED",
                "explicitDeny" => "DENIED by a statement",
                _ => "DENIED: nothing allows it",
            }
        );
        output.WriteLine(Text(answer, "reason"));
        if (!answer.GetProperty("enforced").GetBoolean())
            output.WriteLine("IAM IS OFF in this local AWS (--iam off): every call passes, whatever this says.");
        foreach (var note in answer.GetProperty("notes").EnumerateArray())
            output.WriteLine($"Note: {note.GetString()}");

        foreach (var statement in answer.GetProperty("statements").EnumerateArray())
        {
            output.WriteLine();
            output.WriteLine($"Decided by {Place(statement)}:");
            WriteJson(statement.GetProperty("statement"), output);
        }

        var steps = answer.GetProperty("toAllow").EnumerateArray().ToList();
        for (var index = 0; index < steps.Count; index++)
            WriteStep(
                ExplanationJson.ReadStep(steps[index]),
                steps.Count == 1 ? "To allow it" : $"To allow it, step {index + 1} of {steps.Count}",
                output
            );
    }

    public static void WriteStep(FixStep step, string title, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{title}: {step.What}");
        if (step.Document is { } document)
            WriteJson(JsonSerializer.Deserialize(document, CliJson.Default.JsonElement), output);
        foreach (var command in step.Commands)
            output.WriteLine($"  {command}");
    }

    private static string Place(JsonElement statement)
    {
        var which = Text(statement, "sid") is { Length: > 0 } sid
            ? $"statement {sid}"
            : $"statement {statement.GetProperty("index").GetInt32() + 1}";
        var holder = Text(statement, "attachedTo") is { Length: > 0 } arn ? $" of {arn}" : "";
        return $"{which} of {Text(statement, "policy")} ({Text(statement, "policyType")}{holder})";
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static void WriteJson(JsonElement element, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
            element.WriteTo(json);
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes.ToArray()).Split('\n'))
            output.WriteLine($"  {line}");
    }
}
