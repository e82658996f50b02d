using Daybreak.Cloud.FrontDoor;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>
/// Where the URL of a function is: under a host name of its own (<c>ID.lambda-url.us-east-1.localhost</c>), which browsers and curl
/// resolve to this machine, and for programs that cannot under a path (<c>/_daybreak/url/ID/</c>).
/// </summary>
/// <param name="Region">Null in the path.</param>
/// <param name="RawPath">What the function sees as the path, as it was sent.</param>
internal sealed record UrlAddress(string Id, string? Region, string RawPath, string RawQuery, bool IsHost)
{
    public const string PathPrefix = "/_daybreak/url/";

    private const string Label = ".lambda-url.";
    private const string Suffix = ".localhost";
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>The address in answers.</summary>
    /// <param name="endpoint">Has the port: <c>http://127.0.0.1:4566</c>.</param>
    public static string Of(FunctionUrl url, string endpoint) => $"http://{url.UrlId}{Label}{url.Region}{Suffix}:{new Uri(endpoint).Port}/";

    /// <summary>Null when the request is not for the URL of a function.</summary>
    public static UrlAddress? Of(HttpRequest request)
    {
        var host = request.Host.Host;
        var label = host.IndexOf(Label, StringComparison.OrdinalIgnoreCase);
        var isHost =
            label > 0 && host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && label + Label.Length < host.Length - Suffix.Length;
        if (!isHost && !request.Path.StartsWithSegments(PathPrefix.TrimEnd('/'), StringComparison.Ordinal))
            return null;
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
            target = Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : "/";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var query = question < 0 ? "" : target[(question + 1)..];
        if (isHost)
            return new UrlAddress(
                host[..label].ToLowerInvariant(),
                host[(label + Label.Length)..^Suffix.Length].ToLowerInvariant(),
                path,
                query,
                IsHost: true
            );
        var rest = path.StartsWith(PathPrefix, StringComparison.Ordinal) ? path[PathPrefix.Length..] : "";
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return new UrlAddress(slash < 0 ? rest : rest[..slash], null, slash < 0 ? "/" : rest[slash..], query, IsHost: false);
    }

    /// <summary>
    /// Why a request of a web page is refused; null when it is not. Pages may call a URL whose CORS settings name their origin, and pages
    /// that the function itself has sent may call it, too. In the path, they would share the origin of the APIs, so there are none.
    /// </summary>
    public string? RefusalOfPage(HttpRequest request, FunctionUrl url)
    {
        var origin = request.Headers.Origin.ToString();
        var isOfPage = request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey(FetchSite);
        if (!IsHost)
            return isOfPage ? "Browsers have to use the host name of the URL." : WebPages.Refusal(request, atSideDoor: false);
        var isOfItself =
            origin.Length == 0
                ? request.Headers[FetchSite] == "same-origin" || WebPages.IsOpenedByHand(request)
                : origin == $"{request.Scheme}://{request.Host}";
        return !isOfPage || isOfItself || url.Cors?.Allows(origin.Length == 0 ? null : origin) == true
            ? null
            : "The CORS settings of the URL do not name this page's origin.";
    }
}
