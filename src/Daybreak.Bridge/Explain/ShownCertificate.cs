using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Daybreak.Bridge.Explain;

/// <summary>The certificate of an endpoint, and the result of its verification.</summary>
/// <param name="Names">The host names that it is valid for.</param>
internal sealed record ShownCertificate(
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    IReadOnlyList<string> Names,
    SslPolicyErrors Errors,
    X509ChainStatusFlags Chain
)
{
    public static ShownCertificate? Of(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return null;
        using var shown = new X509Certificate2(certificate);
        var names = shown
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(static extension =>
                extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(static address => $"{address}"))
            )
            .ToList();
        var flags = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status);
        return new(
            shown.Subject,
            shown.Issuer,
            new(shown.NotBefore.ToUniversalTime()),
            new(shown.NotAfter.ToUniversalTime()),
            names,
            errors,
            flags
        );
    }
}
