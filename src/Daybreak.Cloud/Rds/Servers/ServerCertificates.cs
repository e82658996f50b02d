using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// Certificates for TLS: an authority of this local AWS, and one certificate per server with its addresses, so that <c>sslmode=verify-full
/// sslrootcert=FILE</c> works.
/// </summary>
internal sealed class ServerCertificates(Func<string> directory, TimeProvider time)
{
    private const int Years = 10;

    private readonly Lock _once = new();
    private X509Certificate2? _authority;

    /// <summary>PEM of the authority, for <c>sslrootcert</c>.</summary>
    public string AuthorityFile => Path.Combine(directory(), "ca.pem");

    /// <summary>The same file; null before it certifies a server.</summary>
    public string? KnownAuthorityFile => _authority is null ? null : AuthorityFile;

    private string KeyFile => Path.Combine(directory(), "ca.key");

    /// <returns>PEM of certificate and key.</returns>
    public (string Certificate, string Key) Issue(string name, params IReadOnlyList<string> addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var address in addresses)
            names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var issuer = Authority();
        using var certificate = request.Create(issuer, issuer.NotBefore, issuer.NotAfter, RandomNumberGenerator.GetBytes(16));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private X509Certificate2 Authority()
    {
        lock (_once)
        {
            if (_authority is not null)
                return _authority;
            if (File.Exists(AuthorityFile) && File.Exists(KeyFile))
                return _authority = X509Certificate2.CreateFromPemFile(AuthorityFile, KeyFile);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=Daybreak local RDS", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
            var now = time.GetUtcNow();
            _authority = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
            using (
                var file = new FileStream(
                    KeyFile,
                    new FileStreamOptions
                    {
                        Mode = FileMode.Create,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            )
                file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
            return _authority;
        }
    }
}
