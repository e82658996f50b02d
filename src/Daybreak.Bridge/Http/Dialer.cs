using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Bridge.Sockets;

namespace Daybreak.Bridge.Http;

/// <summary>Opens connections: name, addresses, proxy, TLS, all within the connect timeout. This is the slow path of the pool.</summary>
/// <param name="proxies">Read at the first connection.</param>
/// <param name="tls">For endpoints that use TLS.</param>
/// <param name="time">The clock.</param>
/// <param name="network">The only way out of a server that belongs to a local database cluster; otherwise null.</param>
public sealed class Dialer(Func<ProxySettings> proxies, TlsSettings tls, TimeProvider time, ClusterNetwork? network = null)
{
    /// <exception cref="HttpFailureException">NotConnected.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="call"/> was cancelled.</exception>
    public async Task<HttpConnection> DialAsync(HttpEndpoint endpoint, TimeSpan timeout, CancellationToken call)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, call);
        try
        {
            return await DialAsync(endpoint, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !call.IsCancellationRequested)
        {
            throw new HttpFailureException(
                HttpFailure.NotConnected,
                $"no connection within {timeout.TotalMilliseconds:0} ms (aws_lambda.connect_timeout_ms)"
            );
        }
        catch (Exception failure)
            when (failure
                    is SocketException
                        or IOException
                        or AuthenticationException
                        or FormatException
                        or CryptographicException
                        or UnauthorizedAccessException
            )
        {
            throw new HttpFailureException(HttpFailure.NotConnected, ReasonOf(failure), failure);
        }
    }

    private static string ReasonOf(Exception failure) =>
        failure switch
        {
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                "its name cannot be resolved",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
            SocketException socket => $"{socket.SocketErrorCode}",
            AuthenticationException => $"TLS failed: {(failure.InnerException ?? failure).Message.TrimEnd('.')}",
            _ => failure.Message.TrimEnd('.'),
        };

    private async Task<HttpConnection> DialAsync(HttpEndpoint endpoint, CancellationToken cancel)
    {
        if (network is not null)
        {
            var at = await network.ResolveAsync(endpoint, cancel);
            return new HttpConnection(await PolledSocket.ConnectAsync(at, cancel), null);
        }
        var proxy = proxies().For(endpoint);
        var socket = await ConnectAsync(proxy?.At ?? endpoint, cancel);
        try
        {
            if (!endpoint.Tls)
                return new HttpConnection(socket, null, HopThrough(proxy, endpoint));
            if (proxy is not null)
                await OpenTunnelAsync(socket, proxy, endpoint, cancel);
            return new HttpConnection(socket, await tls.AuthenticateAsync(socket, endpoint.Host, cancel));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<PolledSocket> ConnectAsync(HttpEndpoint to, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, cancel);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        if (addresses.Length == 1)
            return await PolledSocket.ConnectAsync(new(addresses[0], to.Port), cancel);
        return await AddressRace.RunAsync(
            Interleaved(addresses),
            (address, token) => PolledSocket.ConnectAsync(new(address, to.Port), token),
            cancel
        );
    }

    private static List<IPAddress> Interleaved(IPAddress[] addresses)
    {
        var first = addresses[0].AddressFamily;
        var (same, other) = (
            addresses.Where(a => a.AddressFamily == first).ToList(),
            addresses.Where(a => a.AddressFamily != first).ToList()
        );
        var mixed = new List<IPAddress>(addresses.Length);
        for (var i = 0; i < Math.Max(same.Count, other.Count); i++)
        {
            if (i < same.Count)
                mixed.Add(same[i]);
            if (i < other.Count)
                mixed.Add(other[i]);
        }
        return mixed;
    }

    private static ProxyHop? HopThrough(HttpProxy? proxy, HttpEndpoint endpoint) =>
        proxy is null
            ? null
            : new(
                Encoding.ASCII.GetBytes(endpoint.ToString()),
                proxy.Authorization is { } value ? (ReadOnlyMemory<byte>?)Encoding.ASCII.GetBytes(value) : null
            );

    private static async Task OpenTunnelAsync(PolledSocket socket, HttpProxy proxy, HttpEndpoint endpoint, CancellationToken cancel)
    {
        var request = new StringBuilder($"CONNECT {endpoint.HostAndPort} HTTP/1.1\r\nHost: {endpoint.HostAndPort}\r\n");
        if (proxy.Authorization is { } authorization)
            request.Append($"Proxy-Authorization: {authorization}\r\n");
        ReadOnlyMemory<byte> bytes = Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
        await socket.SendAsync(bytes, cancel);

        // Reads byte by byte up to the empty line, since the bytes after it belong to TLS. This happens once per connection.
        var reply = new List<byte>();
        var one = new byte[1];
        while (reply.Count < ReplyLimits.Head && !EndsHead(reply))
        {
            if (await socket.ReceiveAsync(one, cancel) == 0)
                throw new IOException($"the proxy {proxy} closed the connection");
            reply.Add(one[0]);
        }
        var head = new ReplyHead();
        if (!head.TryParse(reply.ToArray()))
            throw new IOException($"the proxy {proxy} did not answer in HTTP");
        if (head.Status is < 200 or > 299)
            throw new IOException($"the proxy {proxy} answered {head.Status} to CONNECT");
    }

    private static bool EndsHead(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
}
