using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

/// <summary>Networks made by chance, one of the ways of <see cref="SampleNetworks"/> with changes that break or keep it, and the name that is
/// asked for.</summary>
internal static class RandomNetwork
{
    private const string SecondGroup = "sg-2";
    private const string SecondList = "pl-00000000000000002";

    public static (Network Network, ApiHost Host) Of(Random random)
    {
        Network[] ways = [Public, ThroughNat, ThroughEndpoint, ThroughPeer];
        var network = ways[random.Next(ways.Length)];
        // Only the endpoint's own name leads to a peer's.
        var named =
            ApiHost.TryParse(EndpointName, out var own)
            && network.VpcEndpoints.Count > 0
            && (random.Next(4) == 0 || (ReferenceEquals(network, ThroughPeer) && random.Next(8) > 0));
        network = WithNames(WithPeering(network, random), random);
        network = WithInterfaces(network with { SecurityGroups = network.SecurityGroups.With(Group(SecondGroup)) }, random);
        foreach (var group in new[] { DatabaseGroup, EndpointGroup, SecondGroup })
            network = network.WithRules(
                group,
                [
                    .. Enumerable.Range(0, random.Next(6)).Select(_ => Rule(random)),
                    .. network.SecurityGroups.Find(group)!.Rules.Where(_ => random.Next(3) > 0),
                ]
            );
        foreach (var acl in network.NetworkAcls.All.OrderBy(acl => acl.Id, StringComparer.Ordinal))
        {
            var entries = Enumerable
                .Range(0, random.Next(4))
                .Select(_ => Entry(random))
                .Concat(acl.Entries.Where(entry => entry.RuleNumber == 100 && random.Next(6) > 0));
            network = network.WithEntries(acl.Id, [.. entries.DistinctBy(entry => (entry.IsEgress, entry.RuleNumber))]);
        }
        return (WithRoutes(network, random), named ? own! : SampleNetworks.Lambda);
    }

    public static SecurityGroupRule Rule(Random random)
    {
        string[] peers =
        [
            "0.0.0.0/0",
            "10.0.0.0/16",
            "10.0.2.30/32",
            "52.94.0.0/16",
            "192.168.0.0/16",
            DatabaseGroup,
            EndpointGroup,
            SecondGroup,
        ];
        (string, int?, int?)[] ports = [("tcp", 443, 443), ("tcp", 80, 80), ("tcp", 0, 65535), ("udp", 443, 443), ("-1", null, null)];
        var (protocol, from, to) = ports[random.Next(ports.Length)];
        return SampleNetworks.Rule($"sgr-{random.Next()}", random.Next(2) == 0, protocol, from, to, peers[random.Next(peers.Length)]);
    }

    public static NetworkAclEntry Entry(Random random)
    {
        string[] peers = ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "52.94.0.0/16"];
        var from = random.Next(3) switch
        {
            0 => 443,
            1 => 1024,
            _ => random.Next(65536),
        };
        var to = random.Next(2) == 0 ? 65535 : Math.Max(from, random.Next(65536));
        return SampleNetworks.Entry(
            random.Next(1, 200),
            random.Next(2) == 0,
            random.Next(3) > 0,
            random.Next(4) == 0 ? "udp" : "tcp",
            peers[random.Next(peers.Length)],
            from,
            to
        );
    }

    private static Network WithPeering(Network network, Random random) =>
        network.PeeringConnections.Count > 0 && random.Next(6) == 0 ? network.WithPeering(PeeringStatus.Deleted) : network;

    private static Network WithNames(Network network, Random random)
    {
        network = network.Change(
            n => n.Vpcs,
            Vpc,
            vpc => vpc with { EnableDnsSupport = random.Next(10) > 0, EnableDnsHostnames = random.Next(4) > 0 }
        );
        return network.VpcEndpoints.Count == 0
            ? network
            : network.Change(n => n.VpcEndpoints, Endpoint, endpoint => endpoint with { PrivateDnsEnabled = random.Next(4) > 0 });
    }

    /// <summary>The database is public or not; an endpoint of its VPC may have an interface in its subnet, too.</summary>
    private static Network WithInterfaces(Network network, Random random)
    {
        network = network.Change(
            n => n.NetworkInterfaces,
            Database,
            found =>
                found with
                {
                    GroupIds = [DatabaseGroup, SecondGroup],
                    MissesPrivateDns = random.Next(8) == 0,
                    PublicIp = random.Next(4) == 0 ? (random.Next(2) == 0 ? IPAddress.Parse("203.0.113.5") : null) : found.PublicIp,
                }
        );
        if (network.VpcEndpoints.Find(Endpoint)?.VpcId != Vpc || random.Next(2) == 0)
            return network;
        var near = Interface(
            "eni-near",
            DatabaseSubnet,
            "10.0.1.30",
            InterfaceUse.VpcEndpoint,
            random.Next(2) == 0 ? EndpointGroup : SecondGroup
        );
        return (network with { NetworkInterfaces = network.NetworkInterfaces.With(near) }).Change(
            n => n.VpcEndpoints,
            Endpoint,
            endpoint => endpoint with { NetworkInterfaceIds = endpoint.NetworkInterfaceIds.Add(near.Id) }
        );
    }

    private static Network WithRoutes(Network network, Random random)
    {
        string[] blocks = ["0.0.0.0/0", "52.0.0.0/8", "52.94.0.0/16", "10.1.0.0/16", "10.1.1.0/24", "198.51.100.0/24"];
        (RouteTargetKind Kind, string Id)[] targets =
        [
            (RouteTargetKind.InternetGateway, Internet),
            (RouteTargetKind.NatGateway, Nat),
            (RouteTargetKind.NatGateway, "nat-gone"),
            (RouteTargetKind.PeeringConnection, Peering),
        ];
        network = network.WithListOf(SecondList, blocks[random.Next(blocks.Length)], blocks[random.Next(blocks.Length)]);
        foreach (var table in new[] { DatabaseTable, FarTable })
        {
            if (random.Next(8) == 0)
                network = network.WithoutRoutes(table);
            // A table has one route for a destination.
            var free = blocks
                .Where(block =>
                    !network.RouteTables.Find(table)!.Routes.Any(route => route.Destination == new CidrDestination(Cidr.Parse(block)))
                )
                .ToArray();
            random.Shuffle(free);
            foreach (var block in free.Take(random.Next(3)))
            {
                var (kind, id) = targets[random.Next(targets.Length)];
                network = network.WithRoute(table, block, kind, id);
            }
            if (random.Next(6) == 0)
            {
                var (kind, id) = targets[random.Next(targets.Length)];
                network = network.WithListRoute(table, kind, id, SecondList);
            }
        }
        return network;
    }
}
