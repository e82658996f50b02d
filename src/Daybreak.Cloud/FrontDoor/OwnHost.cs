using System.Net;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// The names that programs of this machine use for this server: loopback addresses, <c>localhost</c> and <c>*.localhost</c>. Nobody can
/// register them in the DNS, so no web page can have one of them as its origin. Any other name may be made to resolve to this machine (DNS
/// rebinding).
/// </summary>
public static class OwnHost
{
    /// <param name="host">Value of a Host header, with or without a port: <c>localhost:4566</c>, <c>[::1]</c>.</param>
    public static bool Is(ReadOnlySpan<char> host)
    {
        if (WithoutPort(host) is not { IsEmpty: false } name)
            return false;
        return name is "127.0.0.1"
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            // Not [::ffff:127.0.0.1]: it also reaches this server, but browsers do not treat it as this machine, and send no Sec-Fetch-Site
            // to it.
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address) && !address.IsIPv4MappedToIPv6);
    }

    /// <summary>
    /// Whether it is a name of AWS's own, which only the network of a local database resolves to this server:
    /// <c>lambda.us-east-1.amazonaws.com</c>.
    /// </summary>
    /// <param name="host">Value of a Host header.</param>
    public static bool IsOfAws(ReadOnlySpan<char> host)
    {
        var name = WithoutPort(host);
        return EndsWith(name, AwsPartition.Aws.DnsSuffix) || EndsWith(name, AwsPartition.China.DnsSuffix) || EndsWith(name, "api.aws");
    }

    private static bool EndsWith(ReadOnlySpan<char> name, string suffix) =>
        name.Length > suffix.Length && name[^(suffix.Length + 1)] == '.' && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var isBracketed = host.StartsWith("[");
        var end = isBracketed ? host.IndexOf(']') + 1 : host.IndexOf(':');
        if (end < 0)
            return host;
        var port = host[end..];
        var isPort = port.IsEmpty || (port[0] == ':' && !port[1..].ContainsAnyExceptInRange('0', '9'));
        return isPort && end > 0 ? host[..end] : default;
    }
}
