using System.Text;

namespace Daybreak.Cloud.Rds;

/// <summary>A page of a list, and the marker of the next one; null when this is the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Marker);

internal static class Page
{
    private const int Least = 20;
    private const int Most = 100;

    /// <param name="most">How many records a request may ask for; without asking it gets no more than <see cref="Most"/>.</param>
    /// <param name="items">In the order of their names, ordinal.</param>
    /// <param name="nameOf">What the marker remembers; distinct.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: MaxRecords out of range, or a marker that is not ours.</exception>
    public static Page<T> Of<T>(IEnumerable<T> items, Func<T, string> nameOf, int? maxRecords, string? marker, int most = Most)
    {
        if (maxRecords < Least || maxRecords > most)
            throw RdsErrors.InvalidValue($"Invalid value {maxRecords} for MaxRecords. Must be between {Least} and {most}");
        var after = string.IsNullOrEmpty(marker) ? null : Decode(marker);
        var limit = maxRecords ?? Most;
        var shown = items
            .OrderBy(nameOf, StringComparer.Ordinal)
            .SkipWhile(item => after is not null && string.CompareOrdinal(nameOf(item), after) <= 0)
            .Take(limit + 1)
            .ToList();
        if (shown.Count <= limit)
            return new Page<T>(shown, null);
        shown.RemoveAt(limit);
        return new Page<T>(shown, Convert.ToBase64String(Encoding.UTF8.GetBytes(nameOf(shown[^1]))));
    }

    private static string Decode(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw RdsErrors.InvalidValue("Invalid Marker");
    }
}
