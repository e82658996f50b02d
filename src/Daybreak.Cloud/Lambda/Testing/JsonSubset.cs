using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>Compares JSON.</summary>
internal static class JsonSubset
{
    public static bool TryParse(ReadOnlyMemory<byte> text, out JsonElement json)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }

    /// <summary>
    /// Whether <paramref name="json"/> has every member of the pattern, with a value that has every member of the pattern's and so on.
    /// Arrays have as many elements; other values are equal.
    /// </summary>
    public static bool Has(JsonElement json, JsonElement pattern) =>
        pattern.ValueKind switch
        {
            JsonValueKind.Object => json.ValueKind == JsonValueKind.Object
                && pattern.EnumerateObject().All(member => json.TryGetProperty(member.Name, out var value) && Has(value, member.Value)),
            JsonValueKind.Array => json.ValueKind == JsonValueKind.Array
                && json.GetArrayLength() == pattern.GetArrayLength()
                && json.EnumerateArray().Zip(pattern.EnumerateArray()).All(static pair => Has(pair.First, pair.Second)),
            _ => JsonElement.DeepEquals(json, pattern),
        };
}
