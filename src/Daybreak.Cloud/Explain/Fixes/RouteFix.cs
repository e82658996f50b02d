using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain.Fixes;

/// <summary>What to change when no route leads to the API: the smallest change first.</summary>
internal sealed class RouteFix(Network network, RegionalCommands aws, SourceCommands from)
{
    /// <summary>Whether a gateway endpoint could lead to the API, which costs nothing and needs neither groups nor names.</summary>
    public static bool HasGateway(NetworkPath path, Network network) =>
        path.Hops[0] is NameHop { Host: { EndpointId: null, IsDualStack: false } host }
        && PrefixList.OfAwsFor(network.Region, host.EndpointService) is not null;

    public (FixStep, Network?) Of(NetworkInterface source, NetworkPath path, RouteHop hop)
    {
        if (hop.Needed == RouteNeed.PeeringConnection)
        {
            return hop.Peering is null
                ? PathFix.Nothing($"The database is in another VPC than {path.VpcId}: connect the two by VPC peering.")
                : ToPeer(hop);
        }
        if (hop.Route is { Destination: CidrDestination { Cidr: { PrefixLength: > 0 } cidr } })
            return WithoutRoute(hop, "destination-cidr-block", $"{cidr}");
        if (hop.Route is { Destination: PrefixListDestination { PrefixListId: var list } })
            return WithoutRoute(hop, "destination-prefix-list-id", list);
        var name = (NameHop)path.Hops[0];
        if (hop.Needed == RouteNeed.InternetGateway)
            return ToInternet(hop, path.VpcId)
                ?? PathFix.Nothing($"The VPC {path.VpcId} has no internet gateway: create one, attach it, and route {hop.Subnet} to it.");
        if (name.Unused is not null || HasGateway(path, network))
            return ToEndpoint(source, path);
        if (network.PublicAddressOf(source) is not null && ToInternet(hop, path.VpcId) is { } direct)
            return direct;
        if (
            network
                .NatGateways.All.Where(nat =>
                    nat.VpcId == path.VpcId && nat is { IsPublic: true, DeleteTime: null } && nat.SubnetId != source.SubnetId
                )
                .MinBy(static nat => nat.Id, StringComparer.Ordinal) is
            { } gateway
        )
            return WithRoute(
                hop,
                new RouteTarget(RouteTargetKind.NatGateway, gateway.Id),
                "nat-gateway-id",
                $"the NAT gateway {gateway.Id}"
            );
        return name.Host is { EndpointId: null, IsDualStack: false } && name.Host.Region == network.Region
            ? ToEndpoint(source, path)
            : ToInternet(hop, path.VpcId)
                ?? PathFix.Nothing(
                    $"The VPC {path.VpcId} has no way out: it needs an internet gateway, and a NAT gateway"
                        + $"{OrPublic(" or a database with a public address")}."
                );
    }

    /// <summary>Uses an endpoint of the VPC: an existing one to which the service's name does not resolve yet, otherwise a new
    /// one.</summary>
    public (FixStep, Network?) ToEndpoint(NetworkInterface source, NetworkPath path)
    {
        var name = (NameHop)path.Hops[0];
        return HasGateway(path, network) ? ToGateway(source, name.Host)
            : name.Unused is { } unused ? UseEndpoint(source, unused)
            : NewEndpoint(source, name.Host);
    }

    /// <summary>Routes the subnet to a gateway endpoint: that of the VPC, otherwise a new one.</summary>
    private (FixStep, Network?) ToGateway(NetworkInterface source, ApiHost host)
    {
        var table = network.RouteTableOf(network.Subnets.Find(source.SubnetId)!);
        var list = new PrefixListDestination(PrefixList.OfAwsFor(network.Region, host.EndpointService)!.Id);
        if (table.Routes.FirstOrDefault(route => route.Destination == list) is { } elsewhere)
        {
            return Changed(
                $"Delete the route to {list.PrefixListId} from {table.Id}: it has another target.",
                aws.Of("ec2 delete-route", ("route-table-id", table.Id), ("destination-prefix-list-id", list.PrefixListId)),
                table,
                table.Routes.Remove(elsewhere)
            );
        }
        var present = network
            .VpcEndpoints.All.Where(endpoint =>
                endpoint.Type == VpcEndpointType.Gateway
                && endpoint.VpcId == source.VpcId
                && endpoint.ServiceName == host.EndpointService
                && !endpoint.RouteTableIds.Contains(table.Id)
            )
            .MinBy(static endpoint => endpoint.Id, StringComparer.Ordinal);
        var endpoint =
            present
            ?? new VpcEndpoint
            {
                Id = "vpce-new",
                Type = VpcEndpointType.Gateway,
                VpcId = source.VpcId,
                ServiceName = host.EndpointService,
                PolicyDocument = "",
                CreationTime = default,
            };
        return (
            present is null
                ? new FixStep(
                    $"Create a gateway endpoint for {host.EndpointService}, to which {table.Id} routes the {from.Noun}'s subnet.",
                    null,
                    [
                        aws.Of(
                            "ec2 create-vpc-endpoint",
                            ("vpc-id", source.VpcId),
                            ("vpc-endpoint-type", "Gateway"),
                            ("service-name", host.EndpointService),
                            ("route-table-ids", table.Id)
                        ),
                    ]
                )
                : new FixStep(
                    $"Let {table.Id} route the {from.Noun}'s subnet to the gateway endpoint {endpoint.Id}.",
                    null,
                    [aws.Of("ec2 modify-vpc-endpoint", ("vpc-endpoint-id", endpoint.Id), ("add-route-table-ids", table.Id))]
                ),
            EndpointParts.WithRouteTables(endpoint, [table.Id], network)
        );
    }

    /// <summary>Creates an interface endpoint in the database's subnet, with a group of the database's, which then has to admit
    /// itself.</summary>
    private (FixStep, Network?) NewEndpoint(NetworkInterface source, ApiHost host)
    {
        if (host.Region != network.Region || host.IsDualStack)
            return PathFix.Nothing(
                $"{host.Name} leads to no endpoint of this Region: the VPC {source.VpcId} needs a public NAT gateway"
                    + $"{OrPublic(", or the database a public address")}."
            );
        if (new GroupFix(network, aws).FirstThatCanAdmitItself(source.GroupIds) is not { } group)
            return PathFix.Nothing(
                $"The VPC {source.VpcId} needs an endpoint for {host.Service}, and for that a security group that has room for a "
                    + $"rule, as none of {source.Id} has."
            );
        var service = $"com.amazonaws.{host.Region}.{host.Service}";
        var (commands, named) = PathFix.WithNames(network, source.VpcId, aws);
        var create = aws.Of(
            "ec2 create-vpc-endpoint",
            ("vpc-id", source.VpcId),
            ("vpc-endpoint-type", "Interface"),
            ("service-name", service),
            ("subnet-ids", source.SubnetId),
            ("security-group-ids", group),
            ("private-dns-enabled", null)
        );
        var made = new NetworkInterface
        {
            Id = "eni-new",
            SubnetId = source.SubnetId,
            VpcId = source.VpcId,
            PrivateIp = network.Subnets.Find(source.SubnetId)!.CidrBlock.Address(4),
            GroupIds = [group],
            Use = InterfaceUse.VpcEndpoint,
            MacAddress = "",
        };
        var endpoint = new VpcEndpoint
        {
            Id = "vpce-new",
            Type = VpcEndpointType.Interface,
            VpcId = source.VpcId,
            ServiceName = service,
            PolicyDocument = "",
            CreationTime = default,
            SubnetIds = [source.SubnetId],
            NetworkInterfaceIds = [made.Id],
            GroupIds = [group],
            PrivateDnsEnabled = true,
        };
        return (
            new FixStep(
                $"Create an endpoint for {service} in the {from.Noun}'s subnet {source.SubnetId}.",
                null,
                [.. commands, create, .. FindPrivateNames(source)]
            ),
            named with
            {
                NetworkInterfaces = network.NetworkInterfaces.With(made, source with { MissesPrivateDns = false }),
                VpcEndpoints = network.VpcEndpoints.With(endpoint),
            }
        );
    }

    private (FixStep, Network?) UseEndpoint(NetworkInterface source, UnusedEndpoint unused)
    {
        var (commands, named) = PathFix.WithNames(network, source.VpcId, aws);
        if (!unused.HasPrivateDns)
            commands = commands.Add(aws.Of("ec2 modify-vpc-endpoint", ("vpc-endpoint-id", unused.Id), ("private-dns-enabled", null)));
        return (
            new FixStep($"Make the service's name resolve to the endpoint {unused.Id}.", null, [.. commands, .. FindPrivateNames(source)]),
            named with
            {
                VpcEndpoints = network.VpcEndpoints.With(network.VpcEndpoints.Find(unused.Id)! with { PrivateDnsEnabled = true }),
                NetworkInterfaces = network.NetworkInterfaces.With(source with { MissesPrivateDns = false }),
            }
        );
    }

    private string OrPublic(string text) => from.MakePublic is null ? "" : text;

    private ImmutableArray<string> FindPrivateNames(NetworkInterface source) => source.MissesPrivateDns ? from.FindPrivateNames : [];

    /// <summary>Deletes a narrower route with another target than the wider one behind it.</summary>
    private (FixStep, Network?) WithoutRoute(RouteHop hop, string option, string destination)
    {
        var table = network.RouteTables.Find(hop.Table)!;
        return Changed(
            $"Delete the route to {destination} from {table.Id}: it has another target.",
            aws.Of("ec2 delete-route", ("route-table-id", table.Id), (option, destination)),
            table,
            table.Routes.Remove(hop.Route!)
        );
    }

    /// <summary>Adds a route to the peer's block that contains the address.</summary>
    private (FixStep, Network?) ToPeer(RouteHop hop)
    {
        var table = network.RouteTables.Find(hop.Table)!;
        var peering = network.PeeringConnections.Find(hop.Peering)!;
        var peer = network.Vpcs.Find(peering.Requester.VpcId == table.VpcId ? peering.Accepter.VpcId : peering.Requester.VpcId)!;
        var block = peer.CidrBlocks.First(block => block.Cidr.Contains(hop.Destination)).Cidr;
        var before = table.Routes.FirstOrDefault(route => route.Destination == new CidrDestination(block));
        // A narrower route with another target has to be deleted first.
        if (hop.Route is { Destination: CidrDestination { Cidr: var narrower } } && narrower.PrefixLength > block.PrefixLength)
            return WithoutRoute(hop, "destination-cidr-block", $"{narrower}");
        if (
            hop.Route is { Destination: PrefixListDestination { PrefixListId: var list } }
            && network.PrefixLists.Find(list)?.BlockOf(hop.Destination)?.PrefixLength > block.PrefixLength
        )
            return WithoutRoute(hop, "destination-prefix-list-id", list);
        var route = new Route(new CidrDestination(block), new RouteTarget(RouteTargetKind.PeeringConnection, peering.Id));
        return Changed(
            $"Route {hop.Subnet} to the peer over {peering.Id}.",
            aws.Of(
                before is null ? "ec2 create-route" : "ec2 replace-route",
                ("route-table-id", table.Id),
                ("destination-cidr-block", $"{block}"),
                ("vpc-peering-connection-id", peering.Id)
            ),
            table,
            (before is null ? table.Routes : table.Routes.Remove(before)).Add(route)
        );
    }

    /// <summary>Returns null when the VPC has no internet gateway, not even a detached one that the route names.</summary>
    private (FixStep, Network?)? ToInternet(RouteHop hop, string vpcId)
    {
        var gateways = network.InternetGateways;
        if (gateways.All.FirstOrDefault(gateway => gateway.VpcId == vpcId) is { } attached)
            return WithRoute(
                hop,
                new RouteTarget(RouteTargetKind.InternetGateway, attached.Id),
                "gateway-id",
                $"the internet gateway {attached.Id}"
            );
        if (
            hop.Route?.Target is not { Kind: RouteTargetKind.InternetGateway } target
            || gateways.Find(target.Id) is not { VpcId: null } detached
        )
            return null;
        return (
            new FixStep(
                $"Attach the internet gateway {detached.Id}, which {hop.Table} routes to.",
                null,
                [aws.Of("ec2 attach-internet-gateway", ("internet-gateway-id", detached.Id), ("vpc-id", vpcId))]
            ),
            network with
            {
                InternetGateways = gateways.With(detached with { VpcId = vpcId }),
            }
        );
    }

    private (FixStep, Network?) WithRoute(RouteHop hop, RouteTarget target, string option, string name)
    {
        var table = network.RouteTables.Find(hop.Table)!;
        return Changed(
            $"Route {hop.Subnet} to {name}.",
            aws.Of(
                hop.Route is null ? "ec2 create-route" : "ec2 replace-route",
                ("route-table-id", table.Id),
                ("destination-cidr-block", "0.0.0.0/0"),
                (option, target.Id)
            ),
            table,
            (hop.Route is null ? table.Routes : table.Routes.Remove(hop.Route)).Add(new Route(new CidrDestination(Cidr.AllIpv4), target))
        );
    }

    private (FixStep, Network?) Changed(string what, string command, RouteTable table, ImmutableArray<Route> routes)
    {
        var after = table with { Routes = routes };
        return RouteOperations.IsInLimit(after, network)
            ? (new FixStep(what, null, [command]), network with { RouteTables = network.RouteTables.With(after) })
            : PathFix.Nothing($"{what} For that delete another route: {table.Id} has no room for one more.");
    }
}
