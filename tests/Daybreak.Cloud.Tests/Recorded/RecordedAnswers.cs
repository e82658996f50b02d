using System.Text.Json;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Tests.Recorded;

/// <summary>
/// Answers of the real AWS: <c>{*}</c> stands for any value. An answer may hold more than was recorded; what was recorded must be
/// there and the same.
/// </summary>
internal sealed class RecordedAnswers
{
    private readonly JsonElement _root;

    private RecordedAnswers(JsonElement root) => this._root = root;

    /// <param name="service">Name of the file: <c>iam</c>.</param>
    public static RecordedAnswers Of(string service)
    {
        using var document = JsonDocument.Parse(SharedFile.Read($"recorded/{service}.json"));
        return new RecordedAnswers(document.RootElement.Clone());
    }

    public IEnumerable<string> Cases(string kind) => _root.GetProperty(kind).EnumerateObject().Select(static item => item.Name);

    /// <param name="ofAnyValue">Members that must be there, with whatever value.</param>
    public void AssertResponse(string name, JsonElement actual, params string[] ofAnyValue) =>
        AssertLike(_root.GetProperty("responses").GetProperty(name), actual, name, ofAnyValue);

    /// <param name="actual">The parsed answer of boto3, with its Error and ResponseMetadata.</param>
    public void AssertError(string name, JsonElement actual)
    {
        var expected = _root.GetProperty("errors").GetProperty(name);
        var error = actual.GetProperty("Error");
        AssertLike(expected.GetProperty("status"), actual.GetProperty("ResponseMetadata").GetProperty("HTTPStatusCode"), name);
        AssertLike(expected.GetProperty("code"), error.GetProperty("Code"), name);
        AssertLike(expected.GetProperty("message"), error.GetProperty("Message"), name);
        if (expected.TryGetProperty("members", out var members))
            AssertLike(members, error, name);
    }

    private static void AssertLike(JsonElement expected, JsonElement actual, string path, params string[] ofAnyValue)
    {
        if (expected.ValueKind == JsonValueKind.String && expected.GetString() == "{*}")
            return; // any number as well
        Assert.True(expected.ValueKind == actual.ValueKind, $"{path}: {actual.ValueKind} {actual} instead of {expected}");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(member.Name, out var value), $"{path}: {member.Name} is missing in {actual}");
                    if (!ofAnyValue.Contains(member.Name))
                        AssertLike(member.Value, value, $"{path}.{member.Name}", ofAnyValue);
                }
                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{path}: {actual} instead of {expected}");
                foreach (var (item, value) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
                    AssertLike(item, value, path + "[]", ofAnyValue);
                break;
            case JsonValueKind.String:
                var pattern = Regex
                    .Escape(expected.GetString()!)
                    .Replace(Regex.Escape("{*}"), ".*", StringComparison.Ordinal)
                    .Replace(Regex.Escape("{bucket}"), ".+", StringComparison.Ordinal)
                    .Replace(Regex.Escape("{account}"), "[0-9]{12}", StringComparison.Ordinal)
                    .Replace(Regex.Escape("{region}"), "[a-z0-9-]+", StringComparison.Ordinal);
                Assert.True(
                    Regex.IsMatch(actual.GetString()!, $"^{pattern}$", RegexOptions.Singleline),
                    $"{path}: '{actual}' instead of '{expected}'"
                );
                break;
            default:
                Assert.True(expected.GetRawText() == actual.GetRawText(), $"{path}: {actual} instead of {expected}");
                break;
        }
    }
}
