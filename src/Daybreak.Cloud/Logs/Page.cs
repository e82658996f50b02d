namespace Daybreak.Cloud.Logs;

/// <summary>Pages of lists: the token is the key of the last item of a page, in base64.</summary>
internal static class Page
{
    private const int DefaultLimit = 50;

    /// <param name="found">In the order of the list.</param>
    /// <param name="keyOf">What a token names.</param>
    /// <param name="isAfter">Whether an item comes after the key of a token; null: items are in the order of their keys.</param>
    /// <exception cref="Aws.AwsException">The token is none.</exception>
    public static (IReadOnlyList<T> Items, string? Next) Of<T>(
        IEnumerable<T> found,
        Func<T, string> keyOf,
        string? token,
        int? limit,
        Func<T, string, bool>? isAfter = null
    )
    {
        if (token is not null)
        {
            var last = Decode(token);
            found = found.Where(item => isAfter?.Invoke(item, last) ?? string.CompareOrdinal(keyOf(item), last) > 0);
        }
        var most = limit ?? DefaultLimit;
        var items = found.Take(most + 1).ToList();
        if (items.Count <= most)
            return (items, null);
        items.RemoveAt(most);
        return (items, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(keyOf(items[^1]))));
    }

    private static string Decode(string token)
    {
        var bytes = new byte[(token.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(token, bytes, out var length) && length > 0
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw LogsErrors.InvalidToken();
    }
}
