using System.Net;

namespace Daybreak.Bridge.Http;

/// <summary>
/// HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, each also in lower case, read as curl and the AWS SDKs read them.
/// </summary>
public sealed class ProxySettings
{
    private readonly HttpProxy? _forHttps;
    private readonly HttpProxy? _forHttp;
    private readonly string[] _bypassed;

    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    /// <exception cref="FormatException">A proxy is not an http:// or https:// address.</exception>
    public ProxySettings(Func<string, string?> variable)
    {
        var all = Read("ALL_PROXY");
        (_forHttps, _forHttp) = (Read("HTTPS_PROXY") ?? all, Read("HTTP_PROXY") ?? all);
        _bypassed = (Named("NO_PROXY") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        HttpProxy? Read(string name) => Named(name) is { } text ? Parse(name, text) : null;

        string? Named(string name)
        {
            var value = variable(name.ToLowerInvariant()) ?? variable(name);
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }
    }

    /// <summary>Returns null when the endpoint is reached without a proxy.</summary>
    public HttpProxy? For(HttpEndpoint endpoint) =>
        (endpoint.Tls ? _forHttps : _forHttp) is { } proxy && !Bypasses(endpoint) ? proxy : null;

    private bool Bypasses(HttpEndpoint endpoint)
    {
        foreach (var entry in _bypassed)
        {
            if (entry == "*")
                return true;
            var rule = entry;
            // host:port narrows a rule to one port; more than one colon is an IPv6 address.
            if (rule.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && colon == rule.LastIndexOf(':'))
            {
                if (rule[(colon + 1)..] != endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    continue;
                rule = rule[..colon];
            }
            if (Covers(rule.Trim('[', ']'), endpoint.Host))
                return true;
        }
        return false;
    }

    private static bool Covers(string rule, string host)
    {
        if (IPNetwork.TryParse(rule, out var network))
            return IPAddress.TryParse(host, out var address) && network.Contains(address);
        var domain = rule.StartsWith("*.", StringComparison.Ordinal) ? rule[2..] : rule.TrimStart('.');
        return host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }

    private static HttpProxy Parse(string name, string text)
    {
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        // The text itself may contain a password, so it is not repeated.
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var uri))
            throw new FormatException($"{name} is not the address of a proxy");
        if (uri.Scheme is not ("http" or "https"))
            throw new FormatException($"{name} asks for a proxy of the kind {uri.Scheme}; only http:// and https:// are supported");
        return new(new(uri.Scheme == "https", uri.IdnHost.Trim('[', ']'), uri.Port), name)
        {
            UserInfo = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : null,
        };
    }
}
