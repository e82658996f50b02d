using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Finds out whether a network interface can open TCP 443 to an API. Pure: the same network gives the same path.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html, …/vpc-network-acls.html, …/route-table-options.html,
/// …/nat-gateway-scenarios.html and https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
/// </remarks>
internal static class PathFinder
{
    private static readonly PortRange Service = new(ApiHost.Port, ApiHost.Port);

    // Responses go to the ephemeral ports of Linux or of NAT gateways (vpc-network-acls, "Ephemeral ports").
    private static readonly PortRange PortsOfLinux = new(32768, 60999);
    private static readonly PortRange PortsOfNat = new(1024, 65535);

    /// <param name="source">An interface of the network.</param>
    public static NetworkPath Find(Network network, NetworkInterface source, ApiHost host)
    {
        var vpc = network.Vpcs.Find(source.VpcId)!;
        var subnet = network.Subnets.Find(source.SubnetId)!;
        var (endpoint, interfaces) = Names.Behind(host, network, source, vpc, subnet.AvailabilityZone);
        var failure =
            !vpc.EnableDnsSupport ? NameFailure.NoResolver
            : host.EndpointId is not null && endpoint is null ? NameFailure.UnknownEndpoint
            : endpoint is not null && endpoint.VpcId != vpc.Id && network.ActivePeering(vpc.Id, endpoint.VpcId) is null
                ? NameFailure.EndpointElsewhere
            : (NameFailure?)null;

        if (endpoint is null || failure == NameFailure.EndpointElsewhere)
            return OverTheInternet(network, source, subnet, vpc, host, failure);
        // A client tries one address after the other.
        NetworkPath? blocked = null;
        foreach (var target in interfaces)
        {
            var path = ToEndpoint(network, source, subnet, vpc, host, endpoint, target, failure);
            if (path.IsOpen)
                return path;
            blocked ??= path;
        }
        return blocked
            ?? new NetworkPath(
                vpc.Id,
                source.PrivateIp,
                [new NameHop(host, null, vpc.Id, endpoint.Id, null, null, NameFailure.UnknownEndpoint)]
            );
    }

    private static NetworkPath ToEndpoint(
        Network network,
        NetworkInterface source,
        Subnet subnet,
        Vpc vpc,
        ApiHost host,
        VpcEndpoint endpoint,
        NetworkInterface target,
        NameFailure? failure
    )
    {
        var hops = ImmutableArray.CreateBuilder<Hop>(9);
        hops.Add(new NameHop(host, target.PrivateIp, vpc.Id, endpoint.Id, target.Id, null, failure));
        AddWay(hops, network, source, subnet, target, ApiHost.Port);
        return new NetworkPath(vpc.Id, source.PrivateIp, hops.ToImmutable());
    }

    /// <summary>The path to another interface of the VPC or of a peer, to a TCP port of a server that has it.</summary>
    public static NetworkPath Find(Network network, NetworkInterface source, NetworkInterface target, int port)
    {
        var hops = ImmutableArray.CreateBuilder<Hop>(8);
        AddWay(hops, network, source, network.Subnets.Find(source.SubnetId)!, target, port);
        return new NetworkPath(source.VpcId, source.PrivateIp, hops.ToImmutable());
    }

    /// <summary>Adds the hops from one interface to another one, and back.</summary>
    private static void AddWay(
        ImmutableArray<Hop>.Builder hops,
        Network network,
        NetworkInterface source,
        Subnet subnet,
        NetworkInterface target,
        int port
    )
    {
        var service = new PortRange(port, port);
        hops.Add(GroupRules.Hop(network, source, isEgress: true, target.PrivateIp, target.GroupIds, port));
        // ACLs do not apply between interfaces of one subnet.
        var far = target.SubnetId == subnet.Id ? null : network.Subnets.Find(target.SubnetId)!;
        var near = network.NetworkAclOf(subnet);
        if (far is not null)
            hops.Add(AclWalk.Hop(near, subnet.Id, isEgress: true, target.PrivateIp, service));
        // An interface in a peer VPC is reached over the peering connection, and its responses return over it.
        var peering = target.VpcId == source.VpcId ? null : network.ActivePeering(source.VpcId, target.VpcId)?.Id;
        var needed = target.VpcId == source.VpcId ? RouteNeed.Local : RouteNeed.PeeringConnection;
        hops.Add(RouteLookup.Hop(network, subnet, target.PrivateIp, needed, peering));
        if (far is not null)
            hops.Add(AclWalk.Hop(network.NetworkAclOf(far), far.Id, isEgress: false, source.PrivateIp, service));
        hops.Add(GroupRules.Hop(network, target, isEgress: false, source.PrivateIp, source.GroupIds, port));
        if (peering is not null)
            hops.Add(RouteLookup.Hop(network, far!, source.PrivateIp, needed, peering));
        if (far is not null)
        {
            hops.Add(AclWalk.Hop(network.NetworkAclOf(far), far.Id, isEgress: true, source.PrivateIp, PortsOfLinux));
            hops.Add(AclWalk.Hop(near, subnet.Id, isEgress: false, target.PrivateIp, PortsOfLinux));
        }
    }

    private static NetworkPath OverTheInternet(
        Network network,
        NetworkInterface source,
        Subnet subnet,
        Vpc vpc,
        ApiHost host,
        NameFailure? failure
    )
    {
        var address = host.PublicAddressFor(network.Region);
        var hops = ImmutableArray.CreateBuilder<Hop>(11);
        hops.Add(new NameHop(host, failure is null ? address : null, vpc.Id, null, null, Names.Unused(host, network, vpc), failure));
        hops.Add(GroupRules.Hop(network, source, isEgress: true, address, []));
        var near = network.NetworkAclOf(subnet);
        hops.Add(AclWalk.Hop(near, subnet.Id, isEgress: true, address, Service));
        var route = RouteLookup.Hop(network, subnet, address, RouteNeed.InternetOrNatGateway);
        hops.Add(route);
        if (route.Passes && route.Route!.Target is { Kind: RouteTargetKind.InternetGateway, Id: var gateway })
            hops.Add(new PublicAddressHop(source.Id, gateway, network.PublicAddressOf(source)));
        else if (route.Passes && route.GatewayEndpoint is null)
            AddNat(hops, network, source, subnet, route.Route!.Target.Id, address);
        hops.Add(AclWalk.Hop(near, subnet.Id, isEgress: false, address, PortsOfLinux));
        return new NetworkPath(vpc.Id, source.PrivateIp, hops.ToImmutable());
    }

    /// <summary>Adds the hops from the database's subnet through the NAT gateway to the internet, and back.</summary>
    private static void AddNat(
        ImmutableArray<Hop>.Builder hops,
        Network network,
        NetworkInterface source,
        Subnet subnet,
        string gateway,
        IPAddress address
    )
    {
        var nat = network.NatGateways.Find(gateway)!;
        var far = network.Subnets.Find(nat.SubnetId)!;
        var acl = network.NetworkAclOf(far);
        var crosses = far.Id != subnet.Id;
        if (crosses)
            hops.Add(AclWalk.Hop(acl, far.Id, isEgress: false, source.PrivateIp, Service));
        hops.Add(
            new NatHop(
                nat.Id,
                far.Id,
                nat.IsPublic ? nat.Addresses.Select(static own => own.PublicIp).FirstOrDefault(static ip => ip is not null) : null
            )
        );
        hops.Add(AclWalk.Hop(acl, far.Id, isEgress: true, address, Service));
        hops.Add(RouteLookup.Hop(network, far, address, RouteNeed.InternetGateway));
        hops.Add(AclWalk.Hop(acl, far.Id, isEgress: false, address, PortsOfNat));
        if (crosses)
            hops.Add(AclWalk.Hop(acl, far.Id, isEgress: true, source.PrivateIp, PortsOfLinux));
    }
}
