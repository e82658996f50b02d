using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Refuses requests of web pages. The keys of the local AWS are no secret, so any page could sign requests with them and have a developer's
/// browser send them here. A browser marks requests of pages: with <c>Origin</c>, with <c>Sec-Fetch-Site</c>
/// (https://www.w3.org/TR/fetch-metadata/), or with a foreign <c>Host</c>, if the page's own name resolves to this machine.
/// </summary>
public static class WebPages
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>
    /// Returns the reason for refusing a request; null for requests of programs, and for addresses that a person opens in a browser.
    /// </summary>
    /// <param name="atSideDoor">Whether it arrived at a side door; the network of a local database resolves names of AWS to these.</param>
    public static string? Refusal(HttpRequest request, bool atSideDoor)
    {
        var headers = request.Headers;
        var host = headers.Host.ToString();
        if (!OwnHost.Is(host) && !(atSideDoor && OwnHost.IsOfAws(host)))
            return $"Daybreak answers to loopback addresses, localhost and *.localhost, not to the host '{host}', which a web page "
                + "could make its own.";
        if (headers.ContainsKey("Origin") || (headers.ContainsKey(FetchSite) && !IsOpenedByHand(request)))
            return "Daybreak answers programs on this machine, not web pages.";
        return null;
    }

    /// <summary>
    /// Whether somebody typed the address, or followed it from outside of the browser. A site may have redirected there, which keeps the
    /// mark, so such a request must change nothing.
    /// </summary>
    public static bool IsOpenedByHand(HttpRequest request) =>
        request.Headers[FetchSite] == "none" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
