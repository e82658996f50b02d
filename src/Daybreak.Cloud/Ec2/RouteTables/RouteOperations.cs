using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.RouteTables;

/// <summary>Routes of tables. Pure functions of a request and a network.</summary>
internal static class RouteOperations
{
    // Routes for IPv4 and IPv6 are counted separately.
    private const int MostRoutes = 500;

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<RouteRequest, Done>(state, "CreateRoute", Create)
            {
                Names = [("route-table", static (r, _) => [r.RouteTableId])],
            },
            new Ec2Operation<DeleteRouteRequest, Done>(state, "DeleteRoute", Delete)
            {
                Names = [("route-table", static (r, _) => [r.RouteTableId])],
            },
            new Ec2Operation<RouteRequest, Done>(state, "ReplaceRoute", Replace)
            {
                Names = [("route-table", static (r, _) => [r.RouteTableId])],
            },
        ];

    public static Change<Done> Create(RouteRequest request, Network network)
    {
        var table = ResourceKind.RouteTable.Find(network.RouteTables, request.RouteTableId);
        var route = new Route(DestinationOf(request, network), TargetOf(request, table, network));
        if (table.Routes.Any(other => other.Destination == route.Destination))
            throw Ec2Errors.RouteExists(Name(route.Destination));
        Fits(route, table, network);
        var after = table with { Routes = table.Routes.Add(route) };
        return IsInLimit(after, network)
            ? Change.To(network with { RouteTables = network.RouteTables.With(after) })
            : throw Ec2Errors.TooManyRoutes(table.Id);
    }

    public static Change<Done> Replace(RouteRequest request, Network network)
    {
        var table = ResourceKind.RouteTable.Find(network.RouteTables, request.RouteTableId);
        var route = new Route(DestinationOf(request, network), TargetOf(request, table, network));
        var before =
            table.Routes.FirstOrDefault(other => other.Destination == route.Destination)
            ?? throw Ec2Errors.InvalidValue(
                $"There is no route defined for '{Name(route.Destination)}' in the route table. Use CreateRoute instead."
            );
        if (before.IsFromTable)
            throw NotImplemented.Of("replacing the local route of a route table");
        IsNotOfAnEndpoint(before, table);
        Fits(route, table, network);
        return Change.To(
            network with
            {
                RouteTables = network.RouteTables.With(table with { Routes = table.Routes.Replace(before, route) }),
            }
        );
    }

    public static Change<Done> Delete(DeleteRouteRequest request, Network network)
    {
        var table = ResourceKind.RouteTable.Find(network.RouteTables, request.RouteTableId);
        var destination = DestinationOf(request, network);
        var route =
            table.Routes.FirstOrDefault(route => route.Destination == destination)
            ?? throw Ec2Errors.RouteNotFound(
                destination switch
                {
                    PrefixListDestination => "destination-prefix-list-id",
                    CidrDestination { Cidr.IsIpv6: true } => "destination-ipv6-cidr-block",
                    _ => "destination-cidr-block",
                },
                Name(destination),
                table.Id
            );
        if (route.IsFromTable)
            throw Ec2Errors.InvalidValue($"cannot remove local route {Name(destination)} in route table {table.Id}");
        IsNotOfAnEndpoint(route, table);
        return Change.To(network with { RouteTables = network.RouteTables.With(table with { Routes = table.Routes.Remove(route) }) });
    }

    /// <summary>Whether a table has no more routes than it may.</summary>
    public static bool IsInLimit(RouteTable table, Network network)
    {
        int Count(bool isIpv6) => table.Routes.Sum(route => Weight(route.Destination, isIpv6, network));
        return Count(isIpv6: false) <= MostRoutes && Count(isIpv6: true) <= MostRoutes;
    }

    private static RouteDestination DestinationOf(DestinationRequest request, Network network)
    {
        string?[] given = [request.DestinationCidrBlock, request.DestinationIpv6CidrBlock, request.DestinationPrefixListId];
        switch (given.Count(value => !string.IsNullOrEmpty(value)))
        {
            case 0:
                throw Ec2Errors.Missing("destinationCidrBlock");
            case > 1:
                throw Ec2Errors.InvalidCombination(
                    "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId"
                );
        }
        if (!string.IsNullOrEmpty(request.DestinationPrefixListId))
            return new PrefixListDestination(PrefixList.Find(network, request.DestinationPrefixListId).Id);
        var isIpv6 = !string.IsNullOrEmpty(request.DestinationIpv6CidrBlock);
        var text = isIpv6 ? request.DestinationIpv6CidrBlock : request.DestinationCidrBlock;
        // AWS accepts an address inside the block in place of the block.
        return Cidr.TryParseLoosely(text, out var cidr, out _) && cidr.IsIpv6 == isIpv6
            ? new CidrDestination(cidr)
            : throw Ec2Errors.NotACidr(isIpv6 ? "destinationIpv6CidrBlock" : "destinationCidrBlock", text);
    }

    private static RouteTarget TargetOf(RouteRequest request, RouteTable table, Network network)
    {
        string?[] given =
        [
            request.GatewayId,
            request.EgressOnlyInternetGatewayId,
            request.NatGatewayId,
            request.NetworkInterfaceId,
            request.VpcPeeringConnectionId,
        ];
        if (given.Count(value => !string.IsNullOrEmpty(value)) != 1)
        {
            throw Ec2Errors.InvalidCombination(
                "The request must contain exactly one of gatewayId, egressOnlyInternetGatewayId, natGatewayId, networkInterfaceId, "
                    + "vpcPeeringConnectionId"
            );
        }
        if (!string.IsNullOrEmpty(request.EgressOnlyInternetGatewayId))
        {
            var egressOnly = ResourceKind.EgressOnlyGateway.Find(network.EgressOnlyGateways, request.EgressOnlyInternetGatewayId);
            if (string.IsNullOrEmpty(request.DestinationIpv6CidrBlock))
                throw Ec2Errors.InvalidValue(
                    $"{egressOnly.Id} is an egress-only internet gateway and can only be the target of an IPv6 route."
                );
            return egressOnly.VpcId == table.VpcId
                ? new RouteTarget(RouteTargetKind.EgressOnlyGateway, egressOnly.Id)
                : throw DifferentNetworks(table, "network gateway", egressOnly.Id);
        }
        if (!string.IsNullOrEmpty(request.VpcPeeringConnectionId))
        {
            // A route may be created before the connection is accepted; until then it is a black hole.
            var peering = ResourceKind.PeeringConnection.Find(network.PeeringConnections, request.VpcPeeringConnectionId);
            return peering.EndTime is null && peering.Has(table.VpcId)
                ? new RouteTarget(RouteTargetKind.PeeringConnection, peering.Id)
                : throw DifferentNetworks(table, "network gateway", peering.Id);
        }
        if (!string.IsNullOrEmpty(request.NatGatewayId))
        {
            var nat = ResourceKind.NatGatewayOfRoute.Find(network.NatGateways, request.NatGatewayId);
            return nat.VpcId == table.VpcId
                ? new RouteTarget(RouteTargetKind.NatGateway, nat.Id)
                : throw DifferentNetworks(table, "nat gateway", nat.Id);
        }
        if (!string.IsNullOrEmpty(request.NetworkInterfaceId))
        {
            var one = ResourceKind.NetworkInterface.Find(network.NetworkInterfaces, request.NetworkInterfaceId);
            return one.VpcId == table.VpcId
                ? new RouteTarget(RouteTargetKind.NetworkInterface, one.Id)
                : throw DifferentNetworks(table, "interface", one.Id);
        }
        var id = request.GatewayId!;
        if (id == "local")
            throw NotImplemented.Of("routes to local beside those that a route table comes with");
        if (id.StartsWith("vgw-", StringComparison.Ordinal) || id.StartsWith("vpce-", StringComparison.Ordinal))
            throw NotImplemented.Of($"routes to {id[..id.IndexOf('-', StringComparison.Ordinal)]} gateways");
        if (id.StartsWith("nat-", StringComparison.Ordinal))
            throw Ec2Errors.InvalidValue($"invalid value for parameter gateway-id: {id}");
        var gateway =
            network.InternetGateways.Find(id)
            ?? throw AwsException.Sender("InvalidGatewayID.NotFound", $"The gateway ID '{id}' does not exist");
        return gateway.VpcId == table.VpcId
            ? new RouteTarget(RouteTargetKind.InternetGateway, id)
            : throw DifferentNetworks(table, "network gateway", id);
    }

    private static int Weight(RouteDestination destination, bool isIpv6, Network network) =>
        destination switch
        {
            CidrDestination { Cidr: var cidr } => cidr.IsIpv6 == isIpv6 ? 1 : 0,
            PrefixListDestination { PrefixListId: var id } => PrefixList.WeightOf(id, isIpv6, network),
            _ => 0,
        };

    // A route for addresses inside the VPC can only lead to an interface.
    private static void Fits(Route route, RouteTable table, Network network)
    {
        if (
            route.Destination is CidrDestination { Cidr: var cidr }
            && route.Target.Kind == RouteTargetKind.InternetGateway
            && network.Vpcs.Find(table.VpcId)!.CidrBlocks.Any(block => block.Cidr.Contains(cidr))
        )
        {
            throw Ec2Errors.InvalidValue(
                $"The destination CIDR block {cidr} is equal to or more specific than one of this VPC's CIDR blocks. This route "
                    + "can target only an interface or an instance."
            );
        }
    }

    private static void IsNotOfAnEndpoint(Route route, RouteTable table)
    {
        if (route.Target.Kind == RouteTargetKind.GatewayEndpoint)
            throw Ec2Errors.InvalidValue($"cannot remove VPC endpoint route {Name(route.Destination)} in route table {table.Id}");
    }

    private static AwsException DifferentNetworks(RouteTable table, string kind, string id) =>
        Ec2Errors.InvalidValue($"route table {table.Id} and {kind} {id} belong to different networks");

    private static string Name(RouteDestination destination) =>
        destination switch
        {
            CidrDestination { Cidr: var cidr } => cidr.ToString(),
            PrefixListDestination { PrefixListId: var id } => id,
            _ => throw new InvalidOperationException($"{destination} is no destination"),
        };
}
