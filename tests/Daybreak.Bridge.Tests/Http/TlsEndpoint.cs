using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>An HTTPS endpoint with a certificate of its own authority; answers <c>1</c> to every request of a bridge.</summary>
public sealed class TlsEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _accepting;
    private int _handshakes;

    private int _requests;

    /// <param name="name">The host name that the certificate is for.</param>
    /// <param name="fromDay">From which day on it is valid; today is 0.</param>
    /// <param name="toDay">Until which day.</param>
    public TlsEndpoint(string name, int fromDay = -1, int toDay = 1)
    {
        _certificate = CertificateFor(name, fromDay, toDay);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>A certificate that is its own authority.</summary>
    public static X509Certificate2 CertificateFor(string name, int fromDay = -1, int toDay = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.CreateSelfSigned(now.AddDays(fromDay), now.AddDays(toDay));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public int Handshakes => Volatile.Read(ref _handshakes);
    public int Requests => Volatile.Read(ref _requests);
    public DateTimeOffset NotAfter => new(_certificate.NotAfter.ToUniversalTime());
    public string Pem => _certificate.ExportCertificatePem();

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
            // InvalidOperationException: stopped between two calls of Accept.
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            Interlocked.Increment(ref _handshakes);
            var received = new List<byte>();
            var chunk = new byte[8192];
            int count;
            while ((count = await tls.ReadAsync(chunk, _stop.Token)) > 0)
            {
                received.AddRange(chunk.AsSpan(0, count));
                var request = Encoding.ASCII.GetString(received.ToArray());
                if (
                    !request.EndsWith(
                        request.StartsWith("GET", StringComparison.Ordinal) ? "\r\n\r\n" : "\r\n\r\n{}",
                        StringComparison.Ordinal
                    )
                )
                    continue;
                received.Clear();
                Interlocked.Increment(ref _requests);
                await tls.WriteAsync(Encoding.ASCII.GetBytes(Parts.ScriptedEndpoint.Reply("1")), _stop.Token);
            }
        }
        catch (Exception ended)
            when (ended is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            return;
        }
    }
}
