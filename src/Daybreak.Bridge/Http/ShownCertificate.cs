using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Daybreak.Bridge.Http;

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
    private const X509ChainStatusFlags NotTrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

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

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Certificate of {Subject} by {Issuer}, valid until {NotAfter:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Why it was not accepted, and what to do.</summary>
    /// <param name="host">The host that it was shown for.</param>
    /// <param name="failure">What is told when nothing is wrong with the certificate itself.</param>
    public (string Why, string Step) Fault(string host, DateTimeOffset now, string? failure = null) =>
        this switch
        {
            _ when now > NotAfter => ("it has expired", "Have it renewed, or set this machine's clock if that is wrong."),
            _ when now < NotBefore => (
                string.Create(CultureInfo.InvariantCulture, $"it is not valid before {NotBefore:yyyy-MM-dd HH:mm} UTC"),
                "Set this machine's clock, if that is wrong."
            ),
            _ when Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => (
                $"it is for {(Names.Count > 0 ? string.Join(", ", Names) : Subject)}, not for {host}",
                "Let aws_lambda.endpoint_override (or AWS_ENDPOINT_URL) name a host that the certificate is for, or correct what "
                    + "the name resolves to."
            ),
            _ when (Chain & NotTrusted) != 0 => (
                "its issuer is not one of the authorities that are trusted here",
                "Name a file with that authority in AWS_CA_BUNDLE, in the environment of the PostgreSQL server, and restart it; or "
                    + "remove the proxy that answers in place of the endpoint."
            ),
            { Errors: SslPolicyErrors.None } => (
                failure ?? "the connection broke",
                "Look in the logs of the endpoint, or of a proxy before it."
            ),
            _ => ($"{Chain}", "Install a certificate there that can be verified."),
        };
}
