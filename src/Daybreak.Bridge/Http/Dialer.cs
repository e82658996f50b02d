using System.Net;
using System.Net.Security;
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
    /// <summary>The setting of the longest wait for a connection, as failures name it.</summary>
    public const string LimitSetting = "aws_lambda.connect_timeout_ms";

    private readonly NameLookup _names = new(Dns.GetHostAddresses);

    /// <exception cref="HttpFailureException">NotConnected.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="call"/> was cancelled.</exception>
    public async Task<HttpConnection> DialAsync(HttpEndpoint endpoint, TimeSpan timeout, CancellationToken call)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, call);
        var attempt = new Attempt();
        try
        {
            var connection = await DialAsync(endpoint, attempt, both.Token);
            if (!call.IsCancellationRequested)
                return connection;
            connection.Dispose();
            throw new OperationCanceledException(call);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !call.IsCancellationRequested)
        {
            throw new HttpFailureException(
                HttpFailure.NotConnected,
                $"no connection within {timeout.TotalMilliseconds:0} ms ({LimitSetting}): {attempt.Pending}"
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
            // The words of TlsSettings; else those of the cause, which the outer one only mentions.
            AuthenticationException { InnerException: AuthenticationException } => $"TLS failed: {failure.Message.TrimEnd('.')}",
            AuthenticationException => $"TLS failed: {(failure.InnerException ?? failure).Message.TrimEnd('.')}",
            _ => failure.Message.TrimEnd('.'),
        };

    private async Task<HttpConnection> DialAsync(HttpEndpoint endpoint, Attempt attempt, CancellationToken cancel)
    {
        if (network is not null)
        {
            var at = await network.ResolveAsync(endpoint, cancel);
            attempt.Pending = "the network does not let it through";
            return new HttpConnection(await PolledSocket.ConnectAsync(at, cancel), null);
        }
        var proxy = proxies().For(endpoint);
        var socket = await ConnectAsync(proxy?.At ?? endpoint, attempt, cancel);
        try
        {
            // 1. TLS to the proxy, when its URL begins with https://.
            var outer = proxy is { At.Tls: true }
                ? await AuthenticateAsync(new PolledStream(socket), proxy.At.Host, attempt, cancel)
                : null;
            if (!endpoint.Tls)
                return new HttpConnection(socket, outer, HopThrough(proxy, endpoint));

            // 2. The tunnel through it, and TLS to the endpoint.
            var inner = outer ?? (Stream)new PolledStream(socket);
            if (proxy is not null)
            {
                attempt.Pending = $"the proxy {proxy} ({proxy.Variable}) did not answer CONNECT";
                await OpenTunnelAsync(inner, proxy, endpoint, cancel);
            }
            return new HttpConnection(socket, await AuthenticateAsync(inner, endpoint.Host, attempt, cancel));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<SslStream> AuthenticateAsync(Stream over, string host, Attempt attempt, CancellationToken cancel)
    {
        attempt.Pending = $"{host} did not finish the TLS handshake";
        return tls.AuthenticateAsync(over, host, cancel);
    }

    private async Task<PolledSocket> ConnectAsync(HttpEndpoint to, Attempt attempt, CancellationToken cancel)
    {
        attempt.Pending = $"no name server answered the question for {to.Host}";
        var addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await _names.ResolveAsync(to.Host, cancel);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        attempt.Pending = $"{to.HostAndPort} did not accept one";
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
                proxy.Authorization is { } value ? (ReadOnlyMemory<byte>?)Encoding.ASCII.GetBytes(value) : null,
                proxy
            );

    private static async Task OpenTunnelAsync(Stream to, HttpProxy proxy, HttpEndpoint endpoint, CancellationToken cancel)
    {
        var request = new StringBuilder($"CONNECT {endpoint.HostAndPort} HTTP/1.1\r\nHost: {endpoint.HostAndPort}\r\n");
        if (proxy.Authorization is { } authorization)
            request.Append($"Proxy-Authorization: {authorization}\r\n");
        ReadOnlyMemory<byte> bytes = Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
        await to.WriteAsync(bytes, cancel);

        // Reads byte by byte up to the empty line, since the bytes after it belong to TLS. This happens once per connection.
        var reply = new List<byte>();
        var one = new byte[1];
        while (reply.Count < ReplyLimits.Head && !EndsHead(reply))
        {
            if (await to.ReadAsync(one, cancel) == 0)
                throw new IOException($"the proxy {proxy} closed the connection");
            reply.Add(one[0]);
        }
        var head = new ReplyHead();
        if (!head.TryParse(reply.ToArray()))
            throw new IOException($"the proxy {proxy} did not answer in HTTP");
        if (head.Status is < 200 or > 299)
            throw new IOException(proxy.Refusal(head.Status, endpoint.Host));
    }

    /// <summary>What a connection attempt waits for, which is told when it takes too long.</summary>
    private sealed class Attempt
    {
        public string Pending { get; set; } = "";
    }

    private static bool EndsHead(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
}
