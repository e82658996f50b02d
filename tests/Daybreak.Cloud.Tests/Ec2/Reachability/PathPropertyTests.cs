using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

/// <summary>Properties of every network, tested on many random ones from fixed seeds.</summary>
public sealed class PathPropertyTests
{
    private const int Rounds = 3000;

    [Fact]
    public void Removing_an_allowance_never_opens_a_path() =>
        ForAll(
            static (network, host, random) =>
            {
                if (network.Path(host).IsOpen)
                    return;
                foreach (var group in network.SecurityGroups.All.Where(group => group.Rules.Length > 0))
                {
                    var less = network.WithRules(group.Id, [.. group.Rules.RemoveAt(random.Next(group.Rules.Length))]);
                    Assert.False(less.Path(host).IsOpen);
                }
                foreach (var acl in network.NetworkAcls.All)
                {
                    foreach (var allow in acl.Entries.Where(entry => entry.Allows))
                        Assert.False(
                            network
                                .WithEntries(
                                    acl.Id,
                                    [.. acl.Entries.Where(entry => entry != allow && entry.RuleNumber <= NetworkAclEntry.MostRuleNumber)]
                                )
                                .Path(host)
                                .IsOpen
                        );
                }
            }
        );

    [Fact]
    public void Adding_a_denial_never_opens_a_path() =>
        ForAll(
            static (network, host, random) =>
            {
                if (network.Path(host).IsOpen)
                    return;
                foreach (var acl in network.NetworkAcls.All)
                {
                    var deny = RandomNetwork.Entry(random) with { Allows = false };
                    if (acl.Entries.Any(entry => entry.RuleNumber == deny.RuleNumber && entry.IsEgress == deny.IsEgress))
                        continue;
                    Assert.False(
                        network
                            .WithEntries(acl.Id, [.. acl.Entries.Where(entry => entry.RuleNumber <= NetworkAclEntry.MostRuleNumber), deny])
                            .Path(host)
                            .IsOpen
                    );
                }
            }
        );

    [Fact]
    public void Order_of_rules_groups_routes_and_interfaces_never_matters() =>
        ForAll(
            static (network, host, random) =>
            {
                var shuffled = network;
                foreach (var group in network.SecurityGroups.All)
                {
                    var rules = group.Rules.ToArray();
                    random.Shuffle(rules);
                    shuffled = shuffled.WithRules(group.Id, rules);
                }
                shuffled = shuffled.Change(
                    n => n.NetworkInterfaces,
                    Database,
                    found => found with { GroupIds = [.. found.GroupIds.Reverse()] }
                );
                foreach (var table in network.RouteTables.All)
                {
                    var routes = table.Routes.ToArray();
                    random.Shuffle(routes);
                    shuffled = shuffled.Change(n => n.RouteTables, table.Id, found => found with { Routes = [.. routes] });
                }
                foreach (var endpoint in network.VpcEndpoints.All)
                    shuffled = shuffled.Change(
                        n => n.VpcEndpoints,
                        endpoint.Id,
                        found => found with { NetworkInterfaceIds = [.. found.NetworkInterfaceIds.Reverse()] }
                    );

                Assert.Equal(network.Path(host).IsOpen, shuffled.Path(host).IsOpen);
                Assert.Equal(
                    network.Path(host).Obstacles().Split([' ', ';']).Order(),
                    shuffled.Path(host).Obstacles().Split([' ', ';']).Order()
                );
            }
        );

    [Fact]
    public void Ingress_of_the_database_never_matters() =>
        ForAll(
            static (network, host, random) =>
            {
                var group = network.SecurityGroups.Find(DatabaseGroup)!;
                var more = network.WithRules(DatabaseGroup, [.. group.Rules, RandomNetwork.Rule(random) with { IsEgress = false }]);
                Assert.Equal(network.Path(host).IsOpen, more.Path(host).IsOpen);
            }
        );

    [Fact]
    public void IPv6_never_matters() =>
        ForAll(
            static (network, host, random) =>
            {
                var group = network.SecurityGroups.Find(DatabaseGroup)!;
                var more = network
                    .WithRules(DatabaseGroup, [.. group.Rules, Rule("sgr-6", true, "-1", null, null, "::/0")])
                    .WithRoute(DatabaseTable, "::/0", RouteTargetKind.InternetGateway, Internet);
                foreach (var acl in new[] { DatabaseAcl, FarAcl })
                {
                    var entries = more.NetworkAcls.Find(acl)!.Entries.Where(entry => entry.RuleNumber <= NetworkAclEntry.MostRuleNumber);
                    more = more.WithEntries(acl, [.. entries, Entry(300, random.Next(2) == 0, random.Next(2) == 0, "-1", "::/0")]);
                }
                Assert.Equal(network.Path(host).IsOpen, more.Path(host).IsOpen);
            }
        );

    [Fact]
    public void A_prefix_list_is_as_good_as_its_blocks() =>
        ForAll(
            static (network, host, _) =>
            {
                var group = network.SecurityGroups.Find(DatabaseGroup)!;
                var blocks = group.Rules.Where(rule => rule is { IsEgress: true, Peer: CidrPeer }).ToList();
                if (blocks.Count == 0)
                    return;
                var chosen = blocks[0];
                var listed = network
                    .WithList($"{((CidrPeer)chosen.Peer).Cidr}")
                    .WithRules(DatabaseGroup, [.. group.Rules.Replace(chosen, chosen with { Peer = new PrefixListPeer(OwnList) })]);
                Assert.Equal(network.Path(host).Obstacles(), listed.Path(host).Obstacles());
            }
        );

    [Fact]
    public void A_route_to_a_peer_never_leads_out() =>
        ForAll(
            static (network, host, _) =>
            {
                var peered = (network with { PeeringConnections = ThroughPeer.PeeringConnections })
                    .WithoutRoutes(DatabaseTable)
                    .WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.PeeringConnection, Peering);
                Assert.True(!peered.Path(host).IsOpen || peered.Path(host).EndpointId is not null);
            }
        );

    [Fact]
    public void A_public_address_matters_to_the_internet_gateway_only() =>
        ForAll(
            static (network, host, _) =>
            {
                var isPublic = network
                    .Change(n => n.NetworkInterfaces, Database, found => found with { PublicIp = IPAddress.Parse("203.0.113.5") })
                    .Path(host);
                var isPrivate = network.Change(n => n.NetworkInterfaces, Database, found => found with { PublicIp = null }).Path(host);
                Assert.Equal(isPublic.IsOpen && isPublic.Hops.OfType<PublicAddressHop>().Any(), isPublic.IsOpen != isPrivate.IsOpen);
            }
        );

    [Fact]
    public void Another_interface_of_an_endpoint_never_shuts_a_path() =>
        ForAll(
            static (network, host, _) =>
            {
                if (network.VpcEndpoints.Find(Endpoint)?.VpcId != Vpc || !network.Path(host).IsOpen)
                    return;
                var more = (
                    network with
                    {
                        NetworkInterfaces = network.NetworkInterfaces.With(
                            Interface("eni-a", DatabaseSubnet, "10.0.1.77", InterfaceUse.VpcEndpoint)
                        ),
                    }
                ).Change(
                    n => n.VpcEndpoints,
                    Endpoint,
                    found => found with { NetworkInterfaceIds = found.NetworkInterfaceIds.Add("eni-a") }
                );
                Assert.True(more.Path(host).IsOpen);
            }
        );

    [Fact]
    public void A_route_that_names_no_address_of_the_way_never_matters() =>
        ForAll(
            static (network, host, _) =>
            {
                var more = network
                    .WithRoute(DatabaseTable, "198.51.100.0/24", RouteTargetKind.NatGateway, "nat-gone")
                    .WithRoute(FarTable, "198.51.100.0/24", RouteTargetKind.NatGateway, "nat-gone");
                Assert.Equal(network.Path(host).Obstacles(), more.Path(host).Obstacles());
            }
        );

    [Fact]
    public void Both_outcomes_are_common()
    {
        var open = 0;
        ForAll((network, host, _) => open += network.Path(host).IsOpen ? 1 : 0);
        Assert.InRange(open, Rounds / 20, Rounds * 19 / 20);
    }

    private static void ForAll(Action<Network, ApiHost, Random> holds)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (network, host) = RandomNetwork.Of(random);
            holds(network, host, random);
        }
    }
}
