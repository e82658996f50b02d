using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Daybreak.Bridge.Sockets;

namespace Daybreak.Bridge.Http;

/// <summary>How endpoints are verified: with the system's authorities, or with those in the file that AWS_CA_BUNDLE names.</summary>
public sealed class TlsSettings(string? caBundle)
{
    private X509Certificate2Collection? _authorities;

    /// <summary>TLS over a connected socket.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The endpoint could not be verified.</exception>
    /// <exception cref="IOException">The connection broke; or the bundle could not be read.</exception>
    public async Task<SslStream> AuthenticateAsync(PolledSocket socket, string host, CancellationToken cancel)
    {
        var tls = new SslStream(new PolledStream(socket));
        try
        {
            await tls.AuthenticateAsClientAsync(OptionsFor(host), cancel);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="IOException">The bundle could not be read.</exception>
    public SslClientAuthenticationOptions OptionsFor(string host)
    {
        // Verification runs on the thread that polls the sockets, so it must not download certificates.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (!string.IsNullOrEmpty(caBundle))
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Authorities(caBundle));
        }
        return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy };
    }

    private X509Certificate2Collection Authorities(string file)
    {
        if (_authorities is { } known)
            return known;
        var read = new X509Certificate2Collection();
        read.ImportFromPemFile(file);
        return _authorities = read;
    }
}
