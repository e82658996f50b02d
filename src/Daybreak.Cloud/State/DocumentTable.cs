using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Daybreak.Cloud.State;

/// <summary>Documents of one kind on disk, for an owner that keeps them in memory in a form of its own.</summary>
internal sealed class DocumentTable<T>(string kind, JsonTypeInfo<T> type, IEnumerable<(string Key, byte[] Document)> rows)
    where T : class
{
    /// <summary>What there was when the state was opened.</summary>
    public IReadOnlyList<(ResourceKey Key, T Value)> AtStart { get; } =
    [.. rows.Select(row => (ResourceKey.Parse(row.Key), Parse(row.Key, row.Document, kind, type)))];

    /// <summary>A row for <see cref="StateStore.WriteAsync(IReadOnlyList{Row})"/>.</summary>
    /// <param name="value">Null deletes.</param>
    public Row RowOf(ResourceKey key, T? value) => new(kind, key, value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static T Parse(string key, byte[] document, string kind, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("null");
        }
        // The last three: a discriminator that is missing, and texts that converters of ours refuse.
        catch (Exception error) when (error is JsonException or NotSupportedException or FormatException or ArgumentException)
        {
            throw new StateException(
                $"The state of {kind} '{key}' does not parse: it was damaged, or written by another version of Daybreak",
                error
            );
        }
    }
}
