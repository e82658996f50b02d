using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.Rds.Logins;

/// <summary>A token of IAM database authentication: a presigned request for <c>connect</c> without its scheme.</summary>
/// <param name="Host">In lower case.</param>
/// <param name="Request">What the signature covers.</param>
internal sealed record LoginToken(string Host, int Port, string User, RequestHead Request)
{
    private const int LongestLife = 15 * 60; // s

    /// <returns>Null when it has another form.</returns>
    public static LoginToken? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash + 1 >= text.Length || text[slash + 1] != '?')
            return null;
        var place = text[..slash].ToLowerInvariant();
        var colon = place.LastIndexOf(':');
        if (
            colon <= 0
            || !int.TryParse(place.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port)
            || port is < 1 or > 65535
        )
            return null;
        var query = text.AsSpan(slash + 2);
        if (
            Only(query, "Action") != "connect"
            || Only(query, "DBUser") is not { Length: > 0 } user
            || Only(query, "X-Amz-SignedHeaders") != "host"
            || !int.TryParse(Only(query, "X-Amz-Expires"), System.Globalization.NumberStyles.None, null, out var life)
            || life > LongestLife
        )
            return null;
        var host = place[..colon];
        // As for every address with https, the usual port is not part of the header.
        var header = port == 443 ? host : place;
        return new LoginToken(host, port, user, new RequestHead("GET", text[slash..], (HttpField[])[new("host", header)]));
    }

    /// <returns>Null when the parameter is missing, or there more than once.</returns>
    private static string? Only(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        string? found = null;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf('=');
            if (equals < 0 || !pair[..equals].SequenceEqual(name))
                continue;
            if (found is not null)
                return null;
            found = Uri.UnescapeDataString(pair[(equals + 1)..].ToString());
        }
        return found;
    }
}
