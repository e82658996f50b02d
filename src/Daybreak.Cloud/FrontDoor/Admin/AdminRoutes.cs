using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Admin;

/// <summary>
/// Paths below <c>/_daybreak/</c>: not AWS's, not signed. A web page must not reach them through the browser of the
/// developer, so the Host has to be loopback (a rebound name is not) and a request with an Origin is refused.
/// </summary>
public sealed class AdminRoutes(IEnumerable<KeyValuePair<string, Func<HttpContext, Task>>> routes)
{
    public const string Prefix = "/_daybreak/";

    private readonly FrozenDictionary<string, Func<HttpContext, Task>> _routes = routes.ToFrozenDictionary();

    /// <summary>The handler for a path of ours (guarding included), or null for AWS's.</summary>
    public Func<HttpContext, Task>? Find(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/_daybreak", StringComparison.Ordinal))
            return null;
        if (request.Headers.ContainsKey("Origin") || !IsLoopback(request.Host.Host))
            return static http => RefuseAsync(http, 403, "This path answers only programs on this machine.");
        return _routes.TryGetValue($"{request.Method} {request.Path.Value}", out var handler)
            ? handler
            : static http => RefuseAsync(http, 404, "There is no such path.");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
