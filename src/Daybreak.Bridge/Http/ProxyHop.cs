namespace Daybreak.Bridge.Http;

/// <summary>A plain HTTP request through a proxy: the target in absolute form, and the proxy's credentials.</summary>
/// <param name="AbsolutePrefix">Scheme and authority of the endpoint, before the path of the request line.</param>
/// <param name="Authorization">Value of Proxy-Authorization; null when the proxy needs none.</param>
/// <param name="Proxy">The proxy.</param>
public sealed record ProxyHop(ReadOnlyMemory<byte> AbsolutePrefix, ReadOnlyMemory<byte>? Authorization, HttpProxy Proxy)
{
    // The text generated for a record would contain the password.
    public override string ToString() => Proxy.ToString();
}
