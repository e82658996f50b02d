using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>A proxy that opens tunnels, whatever the host, to one port of this machine.</summary>
public sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = TlsEndpoint.CertificateFor("127.0.0.1");
    private readonly List<string> _asked = [];
    private readonly int _port;
    private readonly string? _user;
    private readonly bool _secure;
    private readonly Task _accepting;

    /// <param name="port">Where tunnels lead.</param>
    /// <param name="user">User and password that it wants; null: none.</param>
    /// <param name="secure">Whether it speaks TLS itself.</param>
    public ConnectProxy(int port, string? user = null, bool secure = false)
    {
        (_port, _user, _secure) = (port, user, secure);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>The request lines of all requests so far.</summary>
    public string[] Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    /// <param name="user">User and password as in a URL, with the at sign; or nothing.</param>
    public string UrlWith(string user) => $"{(_secure ? "https" : "http")}://{user}127.0.0.1:{Port}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception ended)
            when (ended is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream plain = new NetworkStream(socket, ownsSocket: true);
            await using var client = _secure ? new SslStream(plain) : plain;
            if (client is SslStream tls)
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            var head = await HeadAsync(client);
            lock (_asked)
                _asked.Add(head[0]);
            var wanted = _user is null ? null : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_user))}";
            if (wanted is not null && !head.Contains(wanted))
            {
                await client.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                return;
            }
            using var onward = new TcpClient();
            await onward.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
            await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
            var there = onward.GetStream();
            await Task.WhenAny(client.CopyToAsync(there, _stop.Token), there.CopyToAsync(client, _stop.Token));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            return;
        }
    }

    private async Task<string[]> HeadAsync(Stream client)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await client.ReadAsync(one, _stop.Token) == 0)
                throw new IOException("closed");
            head.Add(one[0]);
        }
        return Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
