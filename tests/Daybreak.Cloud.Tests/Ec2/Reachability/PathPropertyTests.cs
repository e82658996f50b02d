using System.Collections.Immutable;
using Daybreak.Cloud.Ec2;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using static Daybreak.Cloud.Tests.Ec2.Reachability.Networks;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

/// <summary>What holds for every network: tried on many made by chance, from fixed seeds.</summary>
public sealed class PathPropertyTests
{
    private const int Rounds = 3000;

    [Fact]
    public void Removing_an_allowance_never_opens_a_path() => ForAll(static (network, random) =>
    {
        if (network.Path().IsOpen)
            return;
        foreach (var group in network.SecurityGroups.All.Where(group => group.Rules.Length > 0))
        {
            var less = network.WithRules(group.Id, [.. group.Rules.RemoveAt(random.Next(group.Rules.Length))]);
            Assert.False(less.Path().IsOpen);
        }
        foreach (var acl in network.NetworkAcls.All)
        {
            foreach (var allow in acl.Entries.Where(entry => entry.Allows))
                Assert.False(network.WithEntries(acl.Id, [.. acl.Entries.Where(entry => entry != allow && entry.RuleNumber <= NetworkAclEntry.MostRuleNumber)]).Path().IsOpen);
        }
    });

    [Fact]
    public void Adding_a_denial_never_opens_a_path() => ForAll(static (network, random) =>
    {
        if (network.Path().IsOpen)
            return;
        foreach (var acl in network.NetworkAcls.All)
        {
            var deny = RandomEntry(random) with { Allows = false };
            if (acl.Entries.Any(entry => entry.RuleNumber == deny.RuleNumber && entry.IsEgress == deny.IsEgress))
                continue;
            Assert.False(network.WithEntries(acl.Id, [.. acl.Entries.Where(entry => entry.RuleNumber <= NetworkAclEntry.MostRuleNumber), deny]).Path().IsOpen);
        }
    });

    [Fact]
    public void Order_of_rules_and_of_groups_never_matters() => ForAll(static (network, random) =>
    {
        var shuffled = network;
        foreach (var group in network.SecurityGroups.All)
        {
            var rules = group.Rules.ToArray();
            random.Shuffle(rules);
            shuffled = shuffled.WithRules(group.Id, rules);
        }
        shuffled = shuffled.Change(n => n.NetworkInterfaces, Database, found => found with { GroupIds = [.. found.GroupIds.Reverse()] });

        Assert.Equal(network.Path().IsOpen, shuffled.Path().IsOpen);
        Assert.Equal(network.Path().Obstacles().Split([' ', ';']).Order(), shuffled.Path().Obstacles().Split([' ', ';']).Order());
    });

    [Fact]
    public void Ingress_of_the_database_never_matters() => ForAll(static (network, random) =>
    {
        var group = network.SecurityGroups.Find(DatabaseGroup)!;
        var more = network.WithRules(DatabaseGroup, [.. group.Rules, RandomRule(random) with { IsEgress = false }]);
        Assert.Equal(network.Path().IsOpen, more.Path().IsOpen);
    });

    [Fact]
    public void IPv6_never_matters() => ForAll(static (network, random) =>
    {
        var group = network.SecurityGroups.Find(DatabaseGroup)!;
        var more = network.WithRules(DatabaseGroup, [.. group.Rules, Rule("sgr-6", true, "-1", null, null, "::/0")])
            .WithRoute(DatabaseTable, "::/0", RouteTargetKind.InternetGateway, Internet);
        foreach (var acl in new[] { DatabaseAcl, FarAcl })
        {
            var entries = more.NetworkAcls.Find(acl)!.Entries.Where(entry => entry.RuleNumber <= NetworkAclEntry.MostRuleNumber);
            more = more.WithEntries(acl, [.. entries, Entry(300, random.Next(2) == 0, random.Next(2) == 0, "-1", "::/0")]);
        }
        Assert.Equal(network.Path().IsOpen, more.Path().IsOpen);
    });

    [Fact]
    public void A_prefix_list_is_as_good_as_its_blocks() => ForAll(static (network, _) =>
    {
        var group = network.SecurityGroups.Find(DatabaseGroup)!;
        var blocks = group.Rules.Where(rule => rule is { IsEgress: true, Peer: CidrPeer }).ToList();
        if (blocks.Count == 0)
            return;
        var chosen = blocks[0];
        var listed = network.WithList($"{((CidrPeer)chosen.Peer).Cidr}").WithRules(DatabaseGroup, [.. group.Rules.Replace(chosen, chosen with { Peer = new PrefixListPeer(OwnList) })]);
        Assert.Equal(network.Path().Obstacles(), listed.Path().Obstacles());
    });

    [Fact]
    public void A_route_to_a_peer_never_leads_out() => ForAll(static (network, _) =>
    {
        var peered = (network with { PeeringConnections = ThroughPeer.PeeringConnections }).WithoutRoutes(DatabaseTable)
            .WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.PeeringConnection, Peering);
        Assert.True(!peered.Path().IsOpen || peered.Path().EndpointId is not null);
    });

    [Fact]
    public void Both_outcomes_are_common()
    {
        var open = 0;
        ForAll((network, _) => open += network.Path().IsOpen ? 1 : 0);
        Assert.InRange(open, Rounds / 20, Rounds * 19 / 20);
    }

    private static void ForAll(Action<Network, Random> holds)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            holds(RandomNetwork(random), random);
        }
    }

    internal static Network RandomNetwork(Random random)
    {
        Network[] ways = [Public, ThroughNat, ThroughEndpoint];
        var network = ways[random.Next(ways.Length)];
        network = network with { SecurityGroups = network.SecurityGroups.With(Group("sg-2")) };
        network = network.Change(n => n.NetworkInterfaces, Database, found => found with { GroupIds = [DatabaseGroup, "sg-2"] });
        foreach (var group in new[] { DatabaseGroup, EndpointGroup, "sg-2" })
            network = network.WithRules(group, [.. Enumerable.Range(0, random.Next(6)).Select(_ => RandomRule(random)), .. network.SecurityGroups.Find(group)!.Rules.Where(_ => random.Next(2) == 0)]);
        foreach (var acl in new[] { DatabaseAcl, FarAcl })
        {
            var entries = Enumerable.Range(0, random.Next(5)).Select(_ => RandomEntry(random))
                .Concat(network.NetworkAcls.Find(acl)!.Entries.Where(entry => entry.RuleNumber == 100 && random.Next(5) > 0));
            network = network.WithEntries(acl, [.. entries.DistinctBy(entry => (entry.IsEgress, entry.RuleNumber))]);
        }
        return network;
    }

    private static SecurityGroupRule RandomRule(Random random)
    {
        string[] peers = ["0.0.0.0/0", "10.0.0.0/16", "10.0.2.30/32", "52.94.0.0/16", "192.168.0.0/16", DatabaseGroup, EndpointGroup, "sg-2"];
        (string, int?, int?)[] ports = [("tcp", 443, 443), ("tcp", 80, 80), ("tcp", 0, 65535), ("udp", 443, 443), ("-1", null, null)];
        var (protocol, from, to) = ports[random.Next(ports.Length)];
        return Rule($"sgr-{random.Next()}", random.Next(2) == 0, protocol, from, to, peers[random.Next(peers.Length)]);
    }

    private static NetworkAclEntry RandomEntry(Random random)
    {
        string[] peers = ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "52.94.0.0/16"];
        var from = random.Next(3) switch { 0 => 443, 1 => 1024, _ => random.Next(65536) };
        var to = random.Next(2) == 0 ? 65535 : Math.Max(from, random.Next(65536));
        return Entry(random.Next(1, 200), random.Next(2) == 0, random.Next(3) > 0, random.Next(4) == 0 ? "udp" : "tcp", peers[random.Next(peers.Length)], from, to);
    }
}
