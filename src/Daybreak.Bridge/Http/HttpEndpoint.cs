namespace Daybreak.Bridge.Http;

/// <summary>Where connections go: what the pool tells apart. <see cref="Host"/> is without the brackets of an IPv6 address.</summary>
public sealed record HttpEndpoint(bool Tls, string Host, int Port)
{
    public string Scheme => Tls ? "https" : "http";

    private string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Value of the Host header: the port only when it is not the scheme's own.</summary>
    public string Authority => Port == (Tls ? 443 : 80) ? BracketedHost : HostAndPort;

    public string HostAndPort => $"{BracketedHost}:{Port}";

    public override string ToString() => $"{Scheme}://{Authority}";
}
