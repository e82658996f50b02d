using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Texts of policies: of a single statement, and of a document with one statement more or less.</summary>
internal static class DocumentText
{
    // Policies are read by people and pasted into shells, not into web pages.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node) => node.ToJsonString(Plain);

    public static string StatementOf(DecidingStatement deciding) =>
        Of(Statements(JsonNode.Parse(deciding.Policy.Document.Text)!)[deciding.Index]!);

    public static string With(PolicyDocument? document, JsonObject statement)
    {
        if (document is not { Statements.IsEmpty: false })
            return Of(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement.DeepClone()) });
        var root = JsonNode.Parse(document.Text)!;
        root["Statement"] = new JsonArray([.. Statements(root).Select(static old => old!.DeepClone()), statement.DeepClone()]);
        return Of(root);
    }

    /// <summary>Returns null when nothing would be left.</summary>
    public static string? Without(PolicyDocument document, int index)
    {
        var root = JsonNode.Parse(document.Text)!;
        var left = Statements(root).Where((_, place) => place != index).Select(static old => old!.DeepClone()).ToArray();
        if (left.Length == 0)
            return null;
        root["Statement"] = new JsonArray(left);
        return Of(root);
    }

    private static JsonArray Statements(JsonNode root) =>
        root["Statement"] switch
        {
            JsonArray many => many,
            { } one => [one.DeepClone()],
            null => [],
        };
}
