using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Explaining;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>GET /_daybreak/explain?principal=…&amp;action=…&amp;resource=…[&amp;context=KEY=VALUE]…: one JSON object.</summary>
public sealed class ExplainRoute(Explainer explainer, bool enforced)
{
    public const string Path = "/_daybreak/explain";

    public async Task HandleAsync(HttpContext http)
    {
        DecisionExplanation explanation;
        try
        {
            explanation = explainer.Explain(Read(http.Request.Query));
        }
        catch (AwsException error)
        {
            await ExplanationRefusal.WriteAsync(http, error);
            return;
        }
        await RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", json => Write(json, explanation));
    }

    private static Question Read(IQueryCollection query)
    {
        var keys = new ContextKeys();
        foreach (
            var group in query["context"].OfType<string>().Select(Pair).GroupBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        )
            keys.Add(group.Key, group.Select(static pair => pair.Value).ToArray());
        try
        {
            return new Question(Single(query, "principal"), new ServiceAction(Single(query, "action")), Single(query, "resource"), keys);
        }
        catch (FormatException error)
        {
            throw AwsException.Sender("ValidationError", error.Message);
        }
    }

    private static string Single(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } value]
            ? value
            : throw AwsException.Sender("ValidationError", $"The parameter {name} has to be given once.");

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new KeyValuePair<string, string>(text[..equals], text[(equals + 1)..])
            : throw AwsException.Sender("ValidationError", $"{text} is not a context key: give KEY=VALUE.");
    }

    private void Write(Utf8JsonWriter json, DecisionExplanation explanation)
    {
        var (request, decision) = (explanation.Request, explanation.Decision);
        json.WriteStartObject();
        json.WriteString("principal", request.Principal.Arn);
        json.WriteString("action", request.Action.Text);
        json.WriteString("resource", request.Resource);
        json.WriteBoolean("enforced", enforced);
        json.WriteString(
            "decision",
            decision.Outcome switch
            {
                Outcome.Allow => "allowed",
                Outcome.ExplicitDeny => "explicitDeny",
                _ => "implicitDeny",
            }
        );
        json.WriteString("reason", explanation.Reason);
        json.WriteStartArray("statements");
        foreach (var statement in decision.Statements)
        {
            json.WriteStartObject();
            json.WriteString("policy", statement.Policy.Id);
            json.WriteString("policyType", DenialMessage.Name(statement.Policy.Kind));
            if (statement.Policy.Owner is { } owner)
                json.WriteString("attachedTo", owner);
            json.WriteNumber("index", statement.Index);
            if (statement.Statement.Sid is { } sid)
                json.WriteString("sid", sid);
            json.WritePropertyName("statement");
            json.WriteRawValue(DocumentText.StatementOf(statement));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in explanation.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteStartArray("toAllow");
        foreach (var step in explanation.Steps)
            ExplanationJson.Write(json, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
