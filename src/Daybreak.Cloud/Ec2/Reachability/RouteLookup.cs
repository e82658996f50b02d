using System.Net;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.Subnets;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Finds the route that counts: of those that contain the destination the one with the longest prefix, whether its target works or not.</summary>
internal static class RouteLookup
{
    public static RouteHop Hop(Network network, Subnet subnet, IPAddress destination, RouteNeed needed)
    {
        var table = network.RouteTableOf(subnet);
        var address = Cidr.Of(destination);
        Route? best = null;
        var longest = -1;
        foreach (var route in table.Routes)
        {
            // Prefix lists are those of S3 and DynamoDB: no other API's address is in them.
            if (route.Destination is CidrDestination { Cidr: var cidr } && cidr.PrefixLength > longest && cidr.Contains(address))
                (best, longest) = (route, cidr.PrefixLength);
        }
        var state = best is null ? RouteState.Blackhole : network.StateOf(best, table.VpcId);
        return new RouteHop(table.Id, subnet.Id, destination, best, state, needed);
    }
}
