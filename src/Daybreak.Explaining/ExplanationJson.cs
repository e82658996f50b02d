using System.Collections.Immutable;
using System.Text.Json;

namespace Daybreak.Explaining;

/// <summary>
/// Explanations as JSON, both ways: the one form that the local AWS, the bridge and the extension write, and SQL and the command line read.
/// <c>tests/golden/explanation.json</c> has all of it.
/// </summary>
public static class ExplanationJson
{
    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("database", explanation.Database);
        json.WriteString("function", explanation.Function);
        json.WriteBoolean("works", explanation.Works);
        json.WriteStartArray("stages");
        foreach (var stage in explanation.Stages)
            Write(json, stage);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, FixStep step)
    {
        json.WriteStartObject();
        json.WriteString("what", step.What);
        if (step.Document is { } document)
        {
            json.WritePropertyName("policyDocument");
            json.WriteRawValue(document);
        }
        Write(json, "commands", step.Commands);
        json.WriteEndObject();
    }

    /// <exception cref="JsonException">It is no explanation.</exception>
    public static Explanation Read(JsonElement explanation)
    {
        try
        {
            return new(
                Text(explanation, "database"),
                explanation.TryGetProperty("function", out var function) ? function.GetString()! : "",
                [.. explanation.GetProperty("stages").EnumerateArray().Select(ReadStage)]
            );
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException("This is no explanation of a call.", wrong);
        }
    }

    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    public static FixStep ReadStep(JsonElement step) =>
        new(
            Text(step, "what"),
            step.TryGetProperty("policyDocument", out var document) ? document.GetRawText() : null,
            Texts(step, "commands")
        );

    private static void Write(Utf8JsonWriter json, Stage stage)
    {
        json.WriteStartObject();
        json.WriteString("stage", stage.Name);
        json.WriteString("state", NameOf(stage.State));
        json.WriteString("text", stage.Text);
        Write(json, "evidence", stage.Evidence);
        if (!stage.Hops.IsEmpty)
        {
            json.WriteStartArray("hops");
            foreach (var hop in stage.Hops)
            {
                json.WriteStartObject();
                json.WriteString("kind", hop.Kind);
                json.WriteBoolean("passes", hop.Passes);
                json.WriteString("text", hop.Text);
                Write(json, "evidence", hop.Evidence);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteStartArray("toMend");
        foreach (var step in stage.Fix)
            Write(json, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static Stage ReadStage(JsonElement stage) =>
        new(Text(stage, "stage"), StateOf(Text(stage, "state")), Text(stage, "text"))
        {
            Evidence = Texts(stage, "evidence"),
            Hops = stage.TryGetProperty("hops", out var hops) ? [.. hops.EnumerateArray().Select(ReadHop)] : [],
            Fix = [.. stage.GetProperty("toMend").EnumerateArray().Select(ReadStep)],
        };

    private static StageHop ReadHop(JsonElement hop) =>
        new(Text(hop, "kind"), hop.GetProperty("passes").GetBoolean(), Text(hop, "text"), Texts(hop, "evidence"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static ImmutableArray<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(static text => text.GetString() ?? "")];

    /// <summary>As in JSON, and as the classes of diagrams: <c>notReached</c>.</summary>
    public static string NameOf(StageState state) =>
        state switch
        {
            StageState.Ok => "ok",
            StageState.Failed => "failed",
            StageState.NotSeen => "notSeen",
            _ => "notReached",
        };

    private static StageState StateOf(string name) =>
        name switch
        {
            "ok" => StageState.Ok,
            "failed" => StageState.Failed,
            "notSeen" => StageState.NotSeen,
            "notReached" => StageState.NotReached,
            _ => throw new JsonException($"A stage cannot be {name}."),
        };
}
