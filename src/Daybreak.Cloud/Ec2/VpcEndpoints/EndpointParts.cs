using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.RouteTables;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>Adds and removes the routes and interfaces of an endpoint. Pure functions from network to network.</summary>
internal static class EndpointParts
{
    public static Network WithRouteTables(VpcEndpoint endpoint, IEnumerable<string> ids, Network network)
    {
        foreach (var id in ResourceKind.RouteTableOfEndpoint.FindAll(network.RouteTables, [.. ids]).Select(static table => table.Id))
        {
            var table = network.RouteTables.Find(id)!;
            if (table.VpcId != endpoint.VpcId)
                throw Ec2Errors.Invalid($"Route table {id} does not belong to VPC {endpoint.VpcId}");
            if (endpoint.RouteTableIds.Contains(id))
                continue;
            var route = RouteOf(endpoint, network);
            if (table.Routes.Any(other => other.Destination == route.Destination))
            {
                throw AwsException.Sender(
                    "RouteAlreadyExists",
                    $"route table {id} already has a route with destination-prefix-list-id "
                        + $"{((PrefixListDestination)route.Destination).PrefixListId}"
                );
            }
            endpoint = endpoint with { RouteTableIds = endpoint.RouteTableIds.Add(id) };
            network = network with { RouteTables = network.RouteTables.With(table with { Routes = table.Routes.Add(route) }) };
        }
        return network with { VpcEndpoints = network.VpcEndpoints.With(endpoint) };
    }

    public static Network WithoutRouteTables(VpcEndpoint endpoint, IEnumerable<string> ids, Network network)
    {
        var route = RouteOf(endpoint, network);
        var tables = ResourceKind.RouteTableOfEndpoint.FindAll(network.RouteTables, [.. ids]);
        return network with
        {
            RouteTables = network.RouteTables.With(tables.Select(table => table with { Routes = table.Routes.Remove(route) })),
            VpcEndpoints = network.VpcEndpoints.With(
                endpoint with
                {
                    RouteTableIds = endpoint.RouteTableIds.RemoveRange(tables.Select(static table => table.Id)),
                }
            ),
        };
    }

    public static Network WithSubnets(VpcEndpoint endpoint, IEnumerable<string> ids, Network network, DateTimeOffset now)
    {
        foreach (var subnet in ResourceKind.Subnet.FindAll(network.Subnets, [.. ids]))
        {
            var id = subnet.Id;
            if (subnet.VpcId != endpoint.VpcId)
                throw Ec2Errors.Invalid($"Subnet {id} does not belong to VPC {endpoint.VpcId}");
            if (endpoint.SubnetIds.Contains(id))
                continue;
            if (endpoint.SubnetIds.Any(other => network.Subnets.Find(other)!.AvailabilityZone == subnet.AvailabilityZone))
                throw Ec2Errors.SecondSubnetInZone(id);
            var one = NewInterface.OfService(
                InterfaceUse.VpcEndpoint,
                subnet,
                network,
                $"VPC Endpoint Interface {endpoint.Id}",
                endpoint.GroupIds,
                now
            );
            endpoint = endpoint with
            {
                SubnetIds = endpoint.SubnetIds.Add(id),
                NetworkInterfaceIds = endpoint.NetworkInterfaceIds.Add(one.Id),
            };
            network = network with { NetworkInterfaces = network.NetworkInterfaces.With(one) };
        }
        return network with { VpcEndpoints = network.VpcEndpoints.With(endpoint) };
    }

    public static Network WithoutSubnets(VpcEndpoint endpoint, IEnumerable<string> ids, Network network)
    {
        foreach (
            var id in ResourceKind
                .Subnet.FindAll(network.Subnets, [.. ids])
                .Select(static subnet => subnet.Id)
                .Where(endpoint.SubnetIds.Contains)
                .ToList()
        )
        {
            var index = endpoint.SubnetIds.IndexOf(id);
            network = network with { NetworkInterfaces = network.NetworkInterfaces.Without(endpoint.NetworkInterfaceIds[index]) };
            endpoint = endpoint with
            {
                SubnetIds = endpoint.SubnetIds.RemoveAt(index),
                NetworkInterfaceIds = endpoint.NetworkInterfaceIds.RemoveAt(index),
            };
        }
        return network with { VpcEndpoints = network.VpcEndpoints.With(endpoint) };
    }

    public static Network WithGroups(VpcEndpoint endpoint, ImmutableArray<string> groups, Network network) =>
        network with
        {
            VpcEndpoints = network.VpcEndpoints.With(endpoint with { GroupIds = groups }),
            NetworkInterfaces = network.NetworkInterfaces.With(
                endpoint.NetworkInterfaceIds.Select(id => network.NetworkInterfaces.Find(id)! with { GroupIds = groups })
            ),
        };

    /// <summary>Removes an endpoint with its routes and interfaces.</summary>
    public static Network Without(VpcEndpoint endpoint, Network network)
    {
        if (endpoint.Type == VpcEndpointType.Gateway)
            network = WithoutRouteTables(endpoint, endpoint.RouteTableIds, network);
        return network with
        {
            NetworkInterfaces = network.NetworkInterfaces.Without(endpoint.NetworkInterfaceIds),
            VpcEndpoints = network.VpcEndpoints.Without(endpoint.Id),
        };
    }

    private static Route RouteOf(VpcEndpoint endpoint, Network network) =>
        new(
            new PrefixListDestination(PrefixList.OfAws(network.Region).All.First(list => list.Name == endpoint.ServiceName).Id),
            new RouteTarget(RouteTargetKind.GatewayEndpoint, endpoint.Id)
        );
}
