using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Keeps web pages out. The keys of this cloud are no secret, so that any page could sign requests for them and have the browser of a
/// developer send them here. What a browser does for a page shows it: by <c>Origin</c>, by <c>Sec-Fetch-Site</c>
/// (https://www.w3.org/TR/fetch-metadata/), or by a <c>Host</c> that is not ours, where the page has made its own name lead here.
/// </summary>
public static class WebPages
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Why a request is not answered; null for those of programs, and for what a person opens in a browser.</summary>
    /// <param name="atSideDoor">It came in where the network of a local database leads, which hands out names of AWS's too.</param>
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
    /// Somebody typed the address, or followed it from outside of the browser. Sites may have led there by a redirect, which keeps the
    /// mark: it must change nothing.
    /// </summary>
    public static bool IsOpenedByHand(HttpRequest request) =>
        request.Headers[FetchSite] == "none" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
