using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>AWS's messages about signatures.</summary>
public static class SigV4Messages
{
    public const string MissingAuthenticationToken = "Request is missing Authentication Token";

    public const string SignatureDoesNotMatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        + "signing method. Consult the service documentation for details.";

    internal const string TwoSignatures = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";

    internal const string HostNotSigned = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";

    internal const string ExpiresIsNoNumber = "X-Amz-Expires should be a number";

    internal const string ExpiresTooShort = "X-Amz-Expires must be non-negative";

    internal const string ExpiresTooLong =
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds";

    /// <summary>Does not repeat the header itself, which may contain a secret.</summary>
    internal static string NoKeyValuePair(string authorization) =>
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): "
        + $"'{Hash(authorization)}'.";

    /// <param name="names">The missing parts of the header.</param>
    /// <param name="date">Whether the date is missing.</param>
    internal static string MissingParts(IEnumerable<string> names, bool date, string authorization) =>
        string.Concat(names.Select(name => $"Authorization header requires '{name}' parameter. "))
        + (date ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " : "")
        + $"(Hashed with SHA-256 and encoded with Base64) Authorization={Hash(authorization)}";

    /// <param name="algorithm">False when X-Amz-Algorithm is missing.</param>
    /// <param name="names">Further missing parameters, without X-Amz-.</param>
    /// <param name="date">False when X-Amz-Date is missing.</param>
    internal static string MissingParameters(bool algorithm, IEnumerable<string> names, bool date) =>
        string.Concat(
            names
                .Prepend(algorithm ? null : "Algorithm")
                .Append(date ? null : "Date")
                .OfType<string>()
                .Select(name => $"AWS query-string parameters must include 'X-Amz-{name}'. ")
        ) + "Re-examine the query-string parameters.";

    internal static string SentTwice(string name) => $"'{name}' must be sent only once.";

    internal static string NotSigned(string header) => $"'{header}' must be a 'SignedHeader' in the AWS Authorization.";

    internal static string UnsupportedAlgorithm(ReadOnlySpan<char> algorithm) =>
        $"Unsupported AWS 'algorithm': '{algorithm}' (only AWS4-HMAC-SHA256 for now). ";

    internal static string MalformedDate(ReadOnlySpan<char> date) =>
        $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601";

    internal static string MalformedCredential(ReadOnlySpan<char> credential) =>
        $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'";

    internal static string Expired(DateTimeOffset signed, DateTimeOffset now, TimeSpan validity) =>
        $"Signature expired: {AmzDate.Format(signed)} is now earlier than {AmzDate.Format(now - validity)} "
        + $"({AmzDate.Format(now)} - {Duration(validity)}.)";

    internal static string NotYetCurrent(DateTimeOffset signed, DateTimeOffset now, TimeSpan skew) =>
        $"Signature not yet current: {AmzDate.Format(signed)} is still later than {AmzDate.Format(now + skew)} "
        + $"({AmzDate.Format(now)} + {Duration(skew)}.)";

    private static string Duration(TimeSpan span) =>
        span.Seconds == 0 ? $"{(long)span.TotalMinutes} min" : $"{(long)span.TotalSeconds} sec";

    private static string Hash(string authorization) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)));
}
