using System.Text;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>One page of a list.</summary>
/// <param name="NextMarker">Where the next page begins; null: this was the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextMarker)
{
    /// <summary>AWS returns at most 50 items in a response, whatever MaxItems says.</summary>
    private const int Most = 50;

    /// <param name="placeOf">The place of an item in the order of the list, which no other item has.</param>
    /// <exception cref="Aws.AwsException">The marker is not one of this list.</exception>
    public static Page<T> Of(IEnumerable<T> items, Func<T, string> placeOf, string? marker, int? maxItems)
    {
        var after = marker is { Length: > 0 } ? PlaceOf(marker) : "";
        var size = Math.Min(maxItems ?? Most, Most);
        T[] rest =
        [
            .. items
                .Select(item => (Item: item, Place: placeOf(item)))
                .Where(entry => string.CompareOrdinal(entry.Place, after) > 0)
                .OrderBy(static entry => entry.Place, StringComparer.Ordinal)
                .Take(size + 1)
                .Select(static entry => entry.Item),
        ];
        return rest.Length > size ? new Page<T>(rest[..size], MarkerOf(placeOf(rest[size - 1]))) : new Page<T>(rest, null);
    }

    /// <param name="items">In the order of their places.</param>
    /// <inheritdoc cref="Of"/>
    public static Page<T> OfSorted(IReadOnlyList<T> items, Func<T, string> placeOf, string? marker, int? maxItems)
    {
        var after = marker is { Length: > 0 } ? PlaceOf(marker) : "";
        var (first, end) = (0, items.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (string.CompareOrdinal(placeOf(items[middle]), after) > 0)
                end = middle;
            else
                first = middle + 1;
        }
        T[] page = [.. items.Skip(first).Take(Math.Min(maxItems ?? Most, Most))];
        var isLast = first + page.Length == items.Count;
        return new Page<T>(page, isLast ? null : MarkerOf(placeOf(page[^1])));
    }

    private static string MarkerOf(string place) => Convert.ToBase64String(Encoding.UTF8.GetBytes(place));

    private static string PlaceOf(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw LambdaErrors.InvalidMarker();
    }
}
