namespace Daybreak.Bridge.Http;

/// <summary>
/// The destination of connections, and the key of their pool. <see cref="Host"/> is without the brackets of an IPv6 address.
/// </summary>
public sealed record HttpEndpoint(bool Tls, string Host, int Port)
{
    public string Scheme => Tls ? "https" : "http";

    private string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Value of the Host header; it contains the port only when that is not the scheme's own.</summary>
    public string Authority => Port == (Tls ? 443 : 80) ? BracketedHost : HostAndPort;

    public string HostAndPort => $"{BracketedHost}:{Port}";

    public override string ToString() => $"{Scheme}://{Authority}";
}
