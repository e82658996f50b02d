using System.Collections.Immutable;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Iam.Explain;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Explain;

/// <summary>GET /_daybreak/explain/invocation?database=…&amp;function=…[&amp;region=…][&amp;dbname=…][&amp;user=…]: one JSON object.</summary>
internal sealed class InvocationRoute(InvocationExplainer explainer)
{
    public const string Path = "/_daybreak/explain/invocation";

    public async Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        try
        {
            var question = new InvocationQuestion(Required(query, "database"), Required(query, "function"), Given(query, "region"), Given(query, "dbname"), Given(query, "user"));
            var (database, stages) = await explainer.ExplainAsync(question);
            await RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", json => Write(json, question, database, stages));
        }
        catch (AwsException error)
        {
            await ExplanationJson.RefuseAsync(http, error);
        }
    }

    private static string? Given(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value] ? value : null;

    private static string Required(IQueryCollection query, string name) =>
        Given(query, name) ?? throw AwsException.Sender("ValidationError", $"The parameter {name} has to be given once.");

    private static void Write(Utf8JsonWriter json, InvocationQuestion question, DatabaseFacts database, ImmutableArray<Stage> stages)
    {
        json.WriteStartObject();
        json.WriteString("database", database.Identifier);
        json.WriteString("function", question.Function);
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
        json.WriteString("state", stage.State switch { StageState.Ok => "ok", StageState.Failed => "failed", _ => "notReached" });
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
        foreach (var step in stage.Mending)
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
