using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>
/// Recorded answers of the real AWS. <c>{*}</c> stands for any value; extra members in our answer are fine, missing or different
/// ones are not.
/// </summary>
internal static class Recorded
{
    private static readonly Lazy<JsonNode> Cases = new(() => JsonNode.Parse(SharedFile.Read("recorded/lambda.json"))!);

    public static JsonNode Response(string name) => Cases.Value["responses"]![name]!;

    public static JsonNode Error(string name) => Cases.Value["errors"]![name]!;

    /// <param name="values">What <c>{fn}</c>, <c>{region}</c>… stand for.</param>
    public static void Match(JsonNode expected, JsonNode? actual, IReadOnlyDictionary<string, string> values, string path = "$")
    {
        switch (expected)
        {
            case JsonObject members:
                Assert.True(actual is JsonObject, $"{path}: an object was expected, not {actual?.ToJsonString() ?? "nothing"}");
                foreach (var (name, value) in members.Where(member => member.Key != "ResponseMetadata"))
                    Match(value!, actual![name], values, $"{path}.{name}");
                break;
            case JsonArray items:
                Assert.True(actual is JsonArray, $"{path}: an array was expected");
                Assert.Equal(items.Count, ((JsonArray)actual!).Count);
                for (var i = 0; i < items.Count; i++)
                    Match(items[i]!, ((JsonArray)actual)[i], values, $"{path}[{i}]");
                break;
            default:
                MatchScalar(expected, actual, values, path);
                break;
        }
    }

    public static void MatchText(string expected, string? actual, IReadOnlyDictionary<string, string> values, string path)
    {
        foreach (var (name, value) in values)
            expected = expected.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        var pattern = "^" + Regex.Escape(expected).Replace(@"\{\*}", ".*", StringComparison.Ordinal) + "$";
        Assert.True(
            actual is not null && Regex.IsMatch(actual, pattern, RegexOptions.Singleline),
            $"{path}: expected {expected}, got {actual}"
        );
    }

    private static void MatchScalar(JsonNode expected, JsonNode? actual, IReadOnlyDictionary<string, string> values, string path)
    {
        if (expected.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            Assert.True(actual is not null, $"{path} is missing");
            MatchText(
                (string)expected!,
                actual is JsonValue value && value.TryGetValue<string>(out var text) ? text : actual!.ToJsonString(),
                values,
                path
            );
        }
        else
            Assert.Equal(expected.ToJsonString(), actual?.ToJsonString());
    }
}
