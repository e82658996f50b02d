using System.Text;

namespace Daybreak.Cloud.Ssm.Listing;

/// <summary>A page of what is found along the names of parameters.</summary>
internal static class NamePage
{
    /// <summary>How many names one request looks at: filters may leave pages with few items or none, as on AWS.</summary>
    private const int MostNames = 10_000;

    /// <summary>The name behind which a page begins.</summary>
    /// <exception cref="Aws.AwsException">The token is not one of ours.</exception>
    public static string? After(string? token)
    {
        if (token is null)
            return null;
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var count) && count > 0 && bytes[0] == '/'
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, count))
            : throw SsmErrors.InvalidToken();
    }

    /// <param name="item">What a name stands for; null: nothing that is asked for.</param>
    public static (IReadOnlyList<T> Items, string? NextToken) Of<T>(IEnumerable<string> names, int size, Func<string, T?> item)
        where T : class
    {
        List<T> items = [];
        var looked = 0;
        string? last = null;
        foreach (var name in names)
        {
            // There is one more name: the page is not the last.
            if (items.Count == size || looked == MostNames)
                return (items, Convert.ToBase64String(Encoding.UTF8.GetBytes(last!)));
            looked++;
            last = name;
            if (item(name) is { } found)
                items.Add(found);
        }
        return (items, null);
    }
}
