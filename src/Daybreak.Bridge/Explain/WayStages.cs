using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Daybreak.Aws;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>Converts observations of the connection to the endpoint to stages. Pure.</summary>
internal static class WayStages
{
    /// <param name="to">The host whose name was resolved: the endpoint, or the proxy before it.</param>
    public static Stage Dns(NetworkProbe probe, HttpEndpoint to, AwsRegion region)
    {
        if (probe.NameFailure is { } why)
            return Stage.Failed(
                "dns",
                $"{to.Host} cannot be resolved: {why}.",
                Stage.FixOf(
                    "Correct the name, or let this machine's resolver answer for it (in a VPC: enableDnsSupport, and "
                        + $"enableDnsHostnames for the private DNS of an endpoint); try it with: getent hosts {to.Host}"
                ),
                to.Host
            );
        var evidence = probe.Addresses.Select(static address => $"{address}").ToImmutableArray();
        if (IPAddress.TryParse(to.Host, out _))
            return Stage.Ok("dns", $"{to.Host} is an address: there is no name to resolve.", evidence);
        var kind = probe.Addresses.All(IsPrivate)
            ? to.Host == region.Endpoint("lambda").Host
                ? "private: an interface endpoint with private DNS, or a resolver's own answer, stands before Lambda"
                : "private"
            : probe.Addresses.Any(IsPrivate)
                ? "private and public"
                : "public: connections go over the internet, no interface endpoint has its private DNS here";
        return Stage.Ok("dns", $"{to.Host} has {string.Join(", ", evidence)} ({kind}).", evidence);
    }

    /// <param name="connectTimeoutMs">How long a call would wait.</param>
    public static Stage Tcp(NetworkProbe probe, HttpEndpoint to, int connectTimeoutMs)
    {
        if (probe.NameFailure is not null)
            return Stage.NotReached("tcp", "There is no address to connect to.");
        if (probe.ConnectFailure is { } why)
            return Stage.Failed("tcp", $"No connection to {to.HostAndPort}: {why}.", Stage.FixOf(NextStep(probe, to, why)), to.HostAndPort);
        var took = (long)Math.Ceiling(probe.Took.TotalMilliseconds);
        if (took > connectTimeoutMs)
        {
            var enough = (took / 1000 + 1) * 1000;
            return Stage.Failed(
                "tcp",
                $"{to.HostAndPort} accepted a connection after {took} ms; "
                    + $"a call waits {connectTimeoutMs} ms (aws_lambda.connect_timeout_ms).",
                Stage.FixOf("Let calls wait longer.", $"SET aws_lambda.connect_timeout_ms = {enough};"),
                $"{probe.ConnectedTo}"
            );
        }
        return Stage.Ok("tcp", $"{probe.ConnectedTo} accepted a connection on port {to.Port} after {took} ms.", $"{probe.ConnectedTo}");
    }

    public static Stage Tls(NetworkProbe probe, HttpEndpoint endpoint, ShownCertificate? certificate, ProbeAnswer first, DateTimeOffset now)
    {
        if (probe.ConnectedTo is null)
            return Stage.NotReached("tls", "There is no connection.");
        if (!endpoint.Tls)
            return Stage.Ok("tls", "None: the address of the endpoint begins with http://, nothing is encrypted or verified.");
        if (certificate is null)
            return Stage.Failed(
                "tls",
                $"TLS failed: {first.Failure ?? "no certificate was shown"}.",
                Stage.FixOf($"See that {endpoint.HostAndPort} speaks TLS, and that a proxy on the way lets CONNECT through."),
                endpoint.Host
            );
        return certificate.Errors == SslPolicyErrors.None && !first.OfTls
            ? Stage.Ok("tls", $"{certificate}.", certificate.Subject, certificate.Issuer)
            : Unverified(endpoint, certificate, first, now);
    }

    public static Stage Clock(ProbeAnswer answer, DateTimeOffset now)
    {
        if (answer.Failure is not null)
            return Stage.NotReached("clock", "The endpoint did not report the time.");
        if (answer.Date is not { } date)
            return Stage.NotSeen("clock", "The endpoint's answer has no Date header to compare this machine's clock with.");
        var skew = now - date;
        ImmutableArray<string> evidence = [$"{now:yyyy-MM-ddTHH:mm:ssZ}", $"{date:yyyy-MM-ddTHH:mm:ssZ}"];
        return ClockSkew.Of(date, now) is not { } offset
            ? Stage.Ok("clock", $"This machine's clock is right to {Math.Ceiling(skew.Duration().TotalSeconds):0} s.", evidence)
            : Stage.Ok(
                "clock",
                $"This machine's clock is {ClockSkew.InWords(offset)}: it says {evidence[0]}, the endpoint {evidence[1]}. AWS refuses "
                    + "signatures that are 5 minutes off, so calls are signed with the endpoint's time after a first refusal; set the "
                    + "clock (sudo timedatectl set-ntp true), which also decides when certificates and credentials expire.",
                evidence
            );
    }

    private static Stage Unverified(HttpEndpoint endpoint, ShownCertificate certificate, ProbeAnswer first, DateTimeOffset now)
    {
        var (why, step) = certificate.Fault(endpoint.Host, now, first.Failure);
        return Stage.Failed("tls", $"{certificate}: {why}.", Stage.FixOf(step), certificate.Subject, certificate.Issuer);
    }

    private static string NextStep(NetworkProbe probe, HttpEndpoint to, string why)
    {
        if (why == "connection refused")
            return "Nothing accepts connections there: correct the endpoint (aws_lambda.endpoint_override, AWS_ENDPOINT_URL, "
                + $"proxy), or start what listens on {to.HostAndPort}.";
        var dropped =
            $"Let TCP {to.Port} out: the egress rules of the security group, the network ACLs of the subnet (both ways) and its "
            + "route table";
        return probe.Addresses.All(IsPrivate)
            ? $"{dropped}; and let it into the interface endpoint, by its own security group."
            : $"{dropped}, with an internet gateway or NAT gateway, or an interface endpoint with private DNS.";
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal;
        return address.GetAddressBytes()
            is [10, ..]
                or [172, >= 16 and < 32, ..]
                or [192, 168, ..]
                or [169, 254, ..]
                or [100, >= 64 and < 128, ..];
    }
}
