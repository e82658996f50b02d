namespace Daybreak.Cloud.Forwarding;

/// <summary>Header fields that belong to one connection and are not sent on (RFC 9110, section 7.6.1).</summary>
internal static class HopHeaders
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    /// <summary>Whether a field belongs to the connection.</summary>
    /// <param name="connection">The values of the <c>Connection</c> field of the same message, which name further ones.</param>
    public static bool Has(string name, IEnumerable<string?> connection) =>
        Names.Contains(name)
        || connection.Any(value =>
            value?.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase) == true
        );
}
