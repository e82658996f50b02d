using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daybreak.Bridge.Http;

/// <summary>How endpoints are verified: with the system's authorities, or with those in the file that AWS_CA_BUNDLE names.</summary>
/// <param name="caBundle">The file; null or empty: the system's.</param>
/// <param name="time">The clock.</param>
public sealed class TlsSettings(string? caBundle, TimeProvider time)
{
    private X509Certificate2Collection? _authorities;

    /// <summary>TLS over a connection.</summary>
    /// <exception cref="AuthenticationException">The endpoint could not be verified.</exception>
    /// <exception cref="IOException">The connection broke; or the bundle could not be read.</exception>
    public async Task<SslStream> AuthenticateAsync(Stream over, string host, CancellationToken cancel)
    {
        ShownCertificate? refused = null;
        var options = OptionsFor(host);
        options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (errors != SslPolicyErrors.None)
                refused = ShownCertificate.Of(certificate, chain, errors);
            return errors == SslPolicyErrors.None;
        };
        var tls = new SslStream(over);
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancel);
            return tls;
        }
        catch (AuthenticationException failure) when (refused is not null)
        {
            await tls.DisposeAsync();
            var (why, step) = refused.Fault(host, time.GetUtcNow());
            throw new AuthenticationException($"{refused}: {why}. {step}", failure);
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
        try
        {
            read.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new IOException(
                $"AWS_CA_BUNDLE names the file {file}, which cannot be read: {unreadable.Message.TrimEnd('.')}",
                unreadable
            );
        }
        if (read.Count == 0)
            throw new IOException($"AWS_CA_BUNDLE names the file {file}, which holds no certificate (PEM)");
        return _authorities = read;
    }
}
