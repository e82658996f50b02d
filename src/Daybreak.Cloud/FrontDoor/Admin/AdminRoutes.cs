using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Admin;

/// <summary>Paths below <c>/_daybreak/</c>. They are not AWS's, and need no signature.</summary>
public sealed class AdminRoutes(IEnumerable<KeyValuePair<string, Func<HttpContext, Task>>> routes)
{
    public const string Prefix = "/_daybreak/";

    private readonly FrozenDictionary<string, Func<HttpContext, Task>> _routes = routes.ToFrozenDictionary();

    /// <summary>Returns the handler for a path of ours, or null for AWS's.</summary>
    /// <param name="refusal">The reason why the request is refused; null when it is answered.</param>
    public Func<HttpContext, Task>? Find(HttpRequest request, string? refusal)
    {
        if (!request.Path.StartsWithSegments("/_daybreak", StringComparison.Ordinal))
            return null;
        if (refusal is not null)
            return http => RefuseAsync(http, 403, refusal);
        return _routes.TryGetValue($"{request.Method} {request.Path.Value}", out var handler)
            ? handler
            : static http => RefuseAsync(http, 404, "There is no such path.");
    }

    private static async Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
