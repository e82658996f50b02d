using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Daybreak.Cloud.State;

/// <summary>Documents of one kind on disk, for an owner that keeps them in memory in its own form.</summary>
internal sealed class DocumentTable<T>(string kind, JsonTypeInfo<T> type, IEnumerable<(string Key, byte[] Document)> rows)
    where T : class
{
    /// <summary>The content when the state was opened.</summary>
    public IReadOnlyList<(ResourceKey Key, T Value)> AtStart { get; } =
    [.. rows.Select(row => (ResourceKey.Parse(row.Key), Parse(row.Key, row.Document, kind, type)))];

    /// <summary>Makes a row for <see cref="StateStore.WriteAsync(IReadOnlyList{Row})"/>.</summary>
    /// <param name="value">Null deletes.</param>
    public Row RowOf(ResourceKey key, T? value) => new(kind, key, value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static T Parse(string key, byte[] document, string kind, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("null");
        }
        // The last three cover a missing discriminator, and texts that our converters refuse.
        catch (Exception error) when (error is JsonException or NotSupportedException or FormatException or ArgumentException)
        {
            throw new StateException(
                $"The state of {kind} '{key}' does not parse: it was damaged, or written by another version of Daybreak",
                error
            );
        }
    }
}
