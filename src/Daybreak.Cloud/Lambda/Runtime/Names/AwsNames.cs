namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>Recognizes the host names of AWS's APIs and function URLs in all partitions.</summary>
internal static class AwsNames
{
    private static readonly string[] Domains =
    [
        "amazonaws.com",
        "amazonaws.com.cn",
        "api.aws",
        "on.aws",
        "on.amazonwebservices.com.cn",
        "api.amazonwebservices.com.cn",
        "amazonaws.eu",
        "api.amazonwebservices.eu",
        "c2s.ic.gov",
        "sc2s.sgov.gov",
        "cloud.adc-e.uk",
        "csp.hci.ic.gov",
    ];

    /// <summary>
    /// Whether <paramref name="name"/> is one, ignoring case. A search domain of this machine may follow it, as resolvers append one to a
    /// name that they did not find.
    /// </summary>
    public static bool Include(string name) =>
        Domains.Any(domain => $".{name}.".Contains($".{domain}.", StringComparison.OrdinalIgnoreCase));
}
