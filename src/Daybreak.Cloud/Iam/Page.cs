using System.Text;

namespace Daybreak.Cloud.Iam;

/// <summary>A page of a list. The marker is opaque to clients; it contains the last item shown.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, bool IsTruncated, string? Marker);

internal static class Page
{
    private const int DefaultItems = 100;

    /// <param name="items">In the order of <paramref name="keyOf"/>, ordinal.</param>
    /// <exception cref="Aws.AwsException">ValidationError: the marker is not one of ours.</exception>
    public static Page<T> Of<T>(IEnumerable<T> items, Func<T, string> keyOf, string? marker, int? maxItems)
    {
        var after = marker is null ? null : Decode(marker);
        var rest = items
            .OrderBy(keyOf, StringComparer.Ordinal)
            .SkipWhile(item => after is not null && string.CompareOrdinal(keyOf(item), after) <= 0);
        var limit = maxItems ?? DefaultItems;
        var shown = rest.Take(limit + 1).ToList();
        if (shown.Count <= limit)
            return new Page<T>(shown, false, null);
        shown.RemoveAt(limit);
        return new Page<T>(shown, true, Convert.ToBase64String(Encoding.UTF8.GetBytes(keyOf(shown[^1]))));
    }

    private static string Decode(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw IamErrors.Validation($"Invalid Marker: {marker}");
    }
}
