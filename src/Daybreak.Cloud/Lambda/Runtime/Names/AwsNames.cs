namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>Which host names are AWS's APIs and function URLs, in all its partitions.</summary>
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
    /// Of <paramref name="name"/> without regard to case. Also where a search domain of this machine follows, which resolvers add to a name
    /// that they did not find.
    /// </summary>
    public static bool Include(string name) =>
        Domains.Any(domain => $".{name}.".Contains($".{domain}.", StringComparison.OrdinalIgnoreCase));
}
