using System.Collections.Immutable;
using System.Text.Json;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Explain;

/// <summary>An explanation as JSON (docs/explain.md).</summary>
internal static class StagesJson
{
    public static void Write(Utf8JsonWriter json, string function, DatabaseFacts database, ImmutableArray<Stage> stages)
    {
        json.WriteStartObject();
        json.WriteString("database", database.Identifier);
        json.WriteString("function", function);
        json.WriteBoolean("works", stages.All(static stage => stage.State == StageState.Ok));
        json.WriteStartArray("stages");
        foreach (var stage in stages)
            Write(json, stage);
        json.WriteEndArray();
        json.WriteEndObject();
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
                _ => "notReached",
            }
        );
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
            ExplanationJson.Write(json, step);
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
}
