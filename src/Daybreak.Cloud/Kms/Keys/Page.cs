using System.Text;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>A page of a list in the order of names; its marker is the last name.</summary>
internal static class Page
{
    /// <exception cref="Aws.AwsException">The marker is not one of ours.</exception>
    public static (IReadOnlyList<T> Items, string? NextMarker) Of<T>(IEnumerable<T> all, Func<T, string> name, int size, string? marker)
    {
        var after = marker is null ? null : NameOf(marker);
        var items = all.Where(item => after is null || string.CompareOrdinal(name(item), after) > 0).Take(size + 1).ToList();
        if (items.Count <= size)
            return (items, null);
        items.RemoveAt(size);
        return (items, Convert.ToBase64String(Encoding.UTF8.GetBytes(name(items[^1]))));
    }

    private static string NameOf(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, count))
            : throw KmsErrors.InvalidMarker();
    }
}
