using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Iam.Explain;

namespace Daybreak.Cloud.Ec2.Reachability.Mending;

/// <summary>What to change where no route leads to the API: the least first.</summary>
internal static class MendedRoutes
{
    public static (MendingStep, Network?) Of(Network network, NetworkInterface source, NetworkPath path, RouteHop hop, DatabaseCommands database)
    {
        var name = (NameHop)path.Hops[0];
        if (hop.Needed == RouteNeed.PeeringConnection)
            return ToPeer(network, hop);
        if (hop.Route is { Destination: CidrDestination { Cidr: { PrefixLength: > 0 } cidr } })
            return WithoutRoute(network, hop, "destination-cidr-block", $"{cidr}");
        if (hop.Route is { Destination: PrefixListDestination { PrefixListId: var list } })
            return WithoutRoute(network, hop, "destination-prefix-list-id", list);
        if (hop.Needed == RouteNeed.InternetGateway)
            return ToInternet(network, hop, path.VpcId) ?? PathMending.Nothing($"The VPC {path.VpcId} has no internet gateway: create one, attach it, and route {hop.Subnet} to it.");
        if (name.Unused is { } unused)
            return UseEndpoint(network, source, unused, database);
        if (network.PublicAddressOf(source) is not null && ToInternet(network, hop, path.VpcId) is { } direct)
            return direct;
        if (network.NatGateways.All.Where(nat => nat.VpcId == path.VpcId && nat is { IsPublic: true, DeleteTime: null } && nat.SubnetId != source.SubnetId)
            .MinBy(static nat => nat.Id, StringComparer.Ordinal) is { } gateway)
            return WithRoute(network, hop, new RouteTarget(RouteTargetKind.NatGateway, gateway.Id), "nat-gateway-id", $"the NAT gateway {gateway.Id}");
        return name.Host.EndpointId is null && name.Host.Region == network.Region
            ? NewEndpoint(network, source, name.Host, database)
            : ToInternet(network, hop, path.VpcId)
                ?? PathMending.Nothing($"The VPC {path.VpcId} leads nowhere: it needs an internet gateway, and a NAT gateway or a database with a public address.");
    }

    /// <summary>An interface endpoint in the database's subnet, with the database's own group, which then has to admit itself.</summary>
    public static (MendingStep, Network?) NewEndpoint(Network network, NetworkInterface source, ApiHost host, DatabaseCommands database)
    {
        if (source.GroupIds is not [var group, ..] || host.Region != network.Region)
            return PathMending.Nothing($"{host.Name} is in another Region: the VPC {source.VpcId} needs a public NAT gateway, or the database a public address.");
        var vpc = network.Vpcs.Find(source.VpcId)!;
        var service = $"com.amazonaws.{host.Region}.{host.Service}";
        var commands = ImmutableArray.CreateBuilder<string>();
        if (!vpc.EnableDnsHostnames)
            commands.Add(PathMending.EnableAttribute(vpc.Id, "enable-dns-hostnames"));
        commands.Add(AwsCommand.Of(
            "ec2 create-vpc-endpoint", ("vpc-id", vpc.Id), ("vpc-endpoint-type", "Interface"), ("service-name", service), ("subnet-ids", source.SubnetId),
            ("security-group-ids", group), ("private-dns-enabled", null)));
        if (source.MissesPrivateDns)
            commands.AddRange(database.FindPrivateNames);
        var made = new NetworkInterface
        {
            Id = "eni-new", SubnetId = source.SubnetId, VpcId = vpc.Id, PrivateIp = network.Subnets.Find(source.SubnetId)!.CidrBlock.Address(4), GroupIds = [group],
            Use = InterfaceUse.VpcEndpoint, MacAddress = "",
        };
        var endpoint = new VpcEndpoint
        {
            Id = "vpce-new", Type = VpcEndpointType.Interface, VpcId = vpc.Id, ServiceName = service, PolicyDocument = "", CreationTime = default,
            SubnetIds = [source.SubnetId], NetworkInterfaceIds = [made.Id], GroupIds = [group], PrivateDnsEnabled = true,
        };
        var mended = network with
        {
            Vpcs = network.Vpcs.With(vpc with { EnableDnsHostnames = true }),
            NetworkInterfaces = network.NetworkInterfaces.With(made, source with { MissesPrivateDns = false }),
            VpcEndpoints = network.VpcEndpoints.With(endpoint),
        };
        return (new MendingStep($"Create an endpoint for {service} in the database's subnet {source.SubnetId}.", null, commands.ToImmutable()), mended);
    }

    private static (MendingStep, Network?) UseEndpoint(Network network, NetworkInterface source, UnusedEndpoint unused, DatabaseCommands database)
    {
        var commands = ImmutableArray.CreateBuilder<string>();
        var vpc = network.Vpcs.Find(source.VpcId)!;
        if (!unused.HasHostNames)
            commands.Add(PathMending.EnableAttribute(vpc.Id, "enable-dns-hostnames"));
        if (!unused.HasPrivateDns)
            commands.Add(AwsCommand.Of("ec2 modify-vpc-endpoint", ("vpc-endpoint-id", unused.Id), ("private-dns-enabled", null)));
        if (source.MissesPrivateDns)
            commands.AddRange(database.FindPrivateNames);
        return (
            new MendingStep($"Let the service's name lead to the endpoint {unused.Id}.", null, commands.ToImmutable()),
            network with
            {
                Vpcs = network.Vpcs.With(vpc with { EnableDnsHostnames = true }),
                VpcEndpoints = network.VpcEndpoints.With(network.VpcEndpoints.Find(unused.Id)! with { PrivateDnsEnabled = true }),
                NetworkInterfaces = network.NetworkInterfaces.With(source with { MissesPrivateDns = false }),
            });
    }

    /// <summary>A route that leads elsewhere than the wider one behind it.</summary>
    private static (MendingStep, Network?) WithoutRoute(Network network, RouteHop hop, string option, string destination)
    {
        var table = network.RouteTables.Find(hop.Table)!;
        return (
            new MendingStep(
                $"Delete the route to {destination} from {table.Id}: it leads elsewhere.", null,
                [AwsCommand.Of("ec2 delete-route", ("route-table-id", table.Id), (option, destination))]),
            Changed(network, table, table.Routes.Remove(hop.Route!)));
    }

    /// <summary>A route to the block of the peer's that the address is in.</summary>
    private static (MendingStep, Network?) ToPeer(Network network, RouteHop hop)
    {
        var table = network.RouteTables.Find(hop.Table)!;
        var peering = network.PeeringConnections.Find(hop.Peering)!;
        var peer = network.Vpcs.Find(peering.Requester.VpcId == table.VpcId ? peering.Accepter.VpcId : peering.Requester.VpcId)!;
        var block = peer.CidrBlocks.First(block => block.Cidr.Contains(hop.Destination)).Cidr;
        var before = table.Routes.FirstOrDefault(route => route.Destination == new CidrDestination(block));
        // A narrower route than that, which leads elsewhere, has to go first.
        if (hop.Route is { Destination: CidrDestination { Cidr: var narrower } } && narrower.PrefixLength > block.PrefixLength)
            return WithoutRoute(network, hop, "destination-cidr-block", $"{narrower}");
        if (hop.Route is { Destination: PrefixListDestination { PrefixListId: var list } }
            && network.PrefixLists.Find(list)?.BlockOf(hop.Destination)?.PrefixLength > block.PrefixLength)
            return WithoutRoute(network, hop, "destination-prefix-list-id", list);
        var route = new Route(new CidrDestination(block), new RouteTarget(RouteTargetKind.PeeringConnection, peering.Id));
        return (
            new MendingStep(
                $"Route {hop.Subnet} to the peer over {peering.Id}.", null,
                [
                    AwsCommand.Of(
                        before is null ? "ec2 create-route" : "ec2 replace-route", ("route-table-id", table.Id), ("destination-cidr-block", $"{block}"),
                        ("vpc-peering-connection-id", peering.Id)),
                ]),
            Changed(network, table, (before is null ? table.Routes : table.Routes.Remove(before)).Add(route)));
    }

    /// <summary>Null when the VPC has no internet gateway, not even a detached one that the route names.</summary>
    private static (MendingStep, Network?)? ToInternet(Network network, RouteHop hop, string vpcId)
    {
        var gateways = network.InternetGateways;
        if (gateways.All.FirstOrDefault(gateway => gateway.VpcId == vpcId) is { } attached)
            return WithRoute(network, hop, new RouteTarget(RouteTargetKind.InternetGateway, attached.Id), "gateway-id", $"the internet gateway {attached.Id}");
        if (hop.Route?.Target is not { Kind: RouteTargetKind.InternetGateway } target || gateways.Find(target.Id) is not { VpcId: null } detached)
            return null;
        return (
            new MendingStep(
                $"Attach the internet gateway {detached.Id}, which {hop.Table} routes to.", null,
                [AwsCommand.Of("ec2 attach-internet-gateway", ("internet-gateway-id", detached.Id), ("vpc-id", vpcId))]),
            network with { InternetGateways = gateways.With(detached with { VpcId = vpcId }) });
    }

    private static (MendingStep, Network?) WithRoute(Network network, RouteHop hop, RouteTarget target, string option, string name)
    {
        var table = network.RouteTables.Find(hop.Table)!;
        return (
            new MendingStep(
                $"Route {hop.Subnet} to {name}.", null,
                [
                    AwsCommand.Of(
                        hop.Route is null ? "ec2 create-route" : "ec2 replace-route", ("route-table-id", table.Id), ("destination-cidr-block", "0.0.0.0/0"), (option, target.Id)),
                ]),
            Changed(network, table, (hop.Route is null ? table.Routes : table.Routes.Remove(hop.Route)).Add(new Route(new CidrDestination(Cidr.AllIpv4), target))));
    }

    private static Network Changed(Network network, RouteTable table, ImmutableArray<Route> routes) =>
        network with { RouteTables = network.RouteTables.With(table with { Routes = routes }) };
}
