using System.Net;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.Subnets;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Finds the route with the longest prefix that contains the destination, whether its target works or not.</summary>
internal static class RouteLookup
{
    public static RouteHop Hop(Network network, Subnet subnet, IPAddress destination, RouteNeed needed, string? peering = null)
    {
        var table = network.RouteTableOf(subnet);
        var address = Cidr.Of(destination);
        Route? best = null;
        var longest = -1;
        foreach (var route in table.Routes)
        {
            var length = LengthOf(route.Destination, destination, address, network);
            // Of two routes for the same block, the one that names the block takes precedence over the one that names a list.
            if (
                length > longest
                || (length >= 0 && length == longest && route.Destination is CidrDestination && best!.Destination is PrefixListDestination)
            )
                (best, longest) = (route, length);
        }
        var state = best is null ? RouteState.Blackhole : network.StateOf(best, table.VpcId);
        return new RouteHop(table.Id, subnet.Id, destination, best, state, needed, peering);
    }

    /// <summary>The length of the prefix of a route's destination that contains an address; -1 when it does not.</summary>
    private static int LengthOf(RouteDestination named, IPAddress destination, Cidr address, Network network) =>
        named switch
        {
            CidrDestination { Cidr: var cidr } => cidr.Contains(address) ? cidr.PrefixLength : -1,
            PrefixListDestination { PrefixListId: var id } => PrefixList.BlockOf(network, id, destination)?.PrefixLength ?? -1,
            _ => -1,
        };
}
