using System.Net;
using System.Text;

namespace Daybreak.Bridge.Http;

/// <summary>An HTTP proxy in front of an endpoint.</summary>
/// <param name="At">Where it listens; with TLS when its URL begins with https://.</param>
/// <param name="Variable">The variable that names it.</param>
public sealed record HttpProxy(HttpEndpoint At, string Variable)
{
    /// <summary>User and password, joined by a colon; null when its URL names none.</summary>
    public string? UserInfo { get; init; }

    /// <summary>Value of Proxy-Authorization; null when its URL names no user.</summary>
    public string? Authorization => UserInfo is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(UserInfo));

    /// <summary>The same proxy for .NET's HTTP client.</summary>
    public WebProxy ForHttpClient()
    {
        var address = new WebProxy(new Uri(At.ToString()));
        if (UserInfo?.Split(':', 2) is { } user)
            address.Credentials = new NetworkCredential(user[0], user.Length > 1 ? user[1] : "");
        return address;
    }

    /// <summary>What its refusal of a request means, and what to do.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="host">The host that was asked for.</param>
    public string Refusal(int status, string host) =>
        status switch
        {
            407 when UserInfo is null =>
                $"the proxy {this} ({Variable}) asks for credentials (407); write them into the URL of {Variable} as "
                    + $"{At.Scheme}://USER:PASSWORD@{At.HostAndPort}, with special characters percent-encoded",
            407 => $"the proxy {this} refuses the user or password in the URL of {Variable} (407)",
            _ => $"the proxy {this} ({Variable}) answered {status} to CONNECT; let it pass {host}, or name that host in NO_PROXY",
        };

    /// <summary>Never shows the user's name or password.</summary>
    public override string ToString() => At.HostAndPort;
}
