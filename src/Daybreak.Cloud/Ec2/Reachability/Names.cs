using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Resolves names as the resolver of a VPC does.</summary>
internal static class Names
{
    /// <summary>The endpoint that the name leads to inside the VPC, and its interfaces, with those in the client's zone first. There are
    /// none when the name leads to the internet.</summary>
    public static (VpcEndpoint? Endpoint, IEnumerable<NetworkInterface> Interfaces) Behind(
        ApiHost host,
        Network network,
        NetworkInterface source,
        Vpc vpc,
        string zone
    )
    {
        var endpoint = host.EndpointId is { } id
            ? network.VpcEndpoints.Find(id) is { } named && Bears(named, host)
                ? named
                : null
            : vpc is { EnableDnsSupport: true, EnableDnsHostnames: true } && !source.MissesPrivateDns
                ? EndpointsFor(host, network, vpc).FirstOrDefault(static endpoint => endpoint.PrivateDnsEnabled)
                : null;
        return (
            endpoint,
            endpoint is null
                ? []
                : endpoint
                    .NetworkInterfaceIds.Select(network.NetworkInterfaces.Find)
                    .OfType<NetworkInterface>()
                    .Where(found => host.Zone is null || ZoneOf(network, found) == host.Zone)
                    .OrderByDescending(found => ZoneOf(network, found) == zone)
                    .ThenBy(found => found.Id, StringComparer.Ordinal)
        );
    }

    /// <summary>An endpoint of the VPC for the API's service that the service's ordinary name does not lead to.</summary>
    public static UnusedEndpoint? Unused(ApiHost host, Network network, Vpc vpc) =>
        host.EndpointId is null
        && EndpointsFor(host, network, vpc)
            .OrderByDescending(static endpoint => endpoint.PrivateDnsEnabled)
            .ThenBy(static endpoint => endpoint.Id, StringComparer.Ordinal)
            .FirstOrDefault()
            is { } endpoint
            ? new UnusedEndpoint(endpoint.Id, endpoint.PrivateDnsEnabled, vpc.EnableDnsHostnames)
            : null;

    // An endpoint leads to APIs of its own Region only.
    private static IEnumerable<VpcEndpoint> EndpointsFor(ApiHost host, Network network, Vpc vpc) =>
        host.Region != network.Region || host.IsDualStack
            ? []
            : network.VpcEndpoints.All.Where(endpoint =>
                endpoint.Type == VpcEndpointType.Interface
                && endpoint.VpcId == vpc.Id
                && endpoint.ServiceName == $"com.amazonaws.{host.Region}.{host.Service}"
            );

    private static bool Bears(VpcEndpoint endpoint, ApiHost host) =>
        host.Region.Length > 0
        && endpoint.DnsSuffix == host.EndpointSuffix
        && endpoint.ServiceName == $"com.amazonaws.{host.Region}.{host.Service}";

    private static string? ZoneOf(Network network, NetworkInterface found) => network.Subnets.Find(found.SubnetId)?.AvailabilityZone;
}
