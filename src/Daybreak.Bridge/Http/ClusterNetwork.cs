using System.Net;
using System.Text.Json;

namespace Daybreak.Bridge.Http;

/// <summary>
/// The network of a local database instance. The local AWS resolves names as the instance's VPC does, and answers with the address on this
/// machine that represents the path; while the path is interrupted, it accepts no connection. TLS ends in front of it, so these connections
/// are plain.
/// </summary>
public sealed class ClusterNetwork : IDisposable
{
    private const string Variable = "DAYBREAK_CLUSTER_NETWORK";
    private const int LongestAnswer = 64 * 1024;

    // No proxy is used, because the resolver is on this machine. The caller's connect timeout limits it.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        MaxResponseContentBufferSize = LongestAnswer,
    };
    private readonly Uri _resolver;

    private ClusterNetwork(Uri resolver) => _resolver = resolver;

    /// <summary>Returns null unless the server's environment says that it is part of a local network.</summary>
    public static ClusterNetwork? TryCreate(Func<string, string?> variable) =>
        Uri.TryCreate(variable(Variable), UriKind.Absolute, out var resolver) && resolver.IsLoopback ? new ClusterNetwork(resolver) : null;

    /// <exception cref="IOException">The local AWS does not know the name, or does not answer.</exception>
    public async Task<IPEndPoint> ResolveAsync(HttpEndpoint to, CancellationToken cancel)
    {
        try
        {
            using var response = await _http.GetAsync(
                $"{_resolver}{(_resolver.Query.Length > 0 ? '&' : '?')}host={Uri.EscapeDataString(to.Host)}&port={to.Port}",
                cancel
            );
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            if (!response.IsSuccessStatusCode)
                throw new IOException(body.RootElement.GetProperty("message").GetString());
            return new IPEndPoint(
                IPAddress.Parse(body.RootElement.GetProperty("address").GetString()!),
                body.RootElement.GetProperty("port").GetUInt16()
            );
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new IOException($"the local AWS does not answer ({failure.GetType().Name})", failure);
        }
    }

    public void Dispose() => _http.Dispose();
}
