using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Explain.Fixes;

/// <summary>Takes away by chance what networks need besides rules: names, routes, public addresses, and room for more.</summary>
internal static class BrokenNetworks
{
    public static (Network Network, bool IsFull) Of(Network network, Random random)
    {
        bool OneOf(int count) => random.Next(count) == 0;
        network = network.Change(n => n.Vpcs, Vpc, vpc => vpc with { EnableDnsHostnames = !OneOf(2), EnableDnsSupport = !OneOf(6) });
        if (OneOf(3))
            network = network.Change(n => n.NetworkInterfaces, Database, database => database with { PublicIp = null });
        if (OneOf(2))
            network = OtherRoutes(network, random);
        if (OneOf(3) && network.VpcEndpoints.Find(Endpoint) is not null)
            network = network.Change(n => n.VpcEndpoints, Endpoint, endpoint => endpoint with { PrivateDnsEnabled = false });
        if (OneOf(3) && network.NatGateways.Find(Nat) is not null)
            network = network.Change(n => n.NatGateways, Nat, nat => nat with { IsPublic = false, Addresses = [] });
        var isFull = false;
        foreach (var group in network.SecurityGroups.All.OrderBy(group => group.Id, StringComparer.Ordinal).Where(_ => OneOf(3)))
            (network, isFull) = (network.WithRules(group.Id, [.. Filled(network, group)]), true);
        foreach (var acl in network.NetworkAcls.All.OrderBy(acl => acl.Id, StringComparer.Ordinal).Where(_ => OneOf(6)))
            (network, isFull) = (network.WithEntries(acl.Id, [.. Filled(acl, random)]), true);
        return (network, isFull);
    }

    private static Network OtherRoutes(Network network, Random random) =>
        random.Next(4) switch
        {
            0 => network.WithoutRoutes(DatabaseTable),
            1 => network.WithoutRoutes(DatabaseTable).WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.InternetGateway, Internet),
            2 => network.WithoutRoutes(DatabaseTable).WithRoute(DatabaseTable, "52.0.0.0/8", RouteTargetKind.NatGateway, "nat-gone"),
            _ => network.WithoutRoutes(FarTable),
        };

    private static List<SecurityGroupRule> Filled(Network network, SecurityGroup group)
    {
        List<SecurityGroupRule> rules = [.. group.Rules];
        foreach (var isEgress in new[] { false, true })
        {
            for (var number = 0; ; number++)
            {
                var more = Rule($"sgr-{isEgress}-{number}", isEgress, "tcp", 5432, 5432, $"10.9.{number}.0/24");
                if (!SecurityGroupRuleOperations.IsInLimit(group with { Rules = [.. rules, more] }, isEgress, network))
                    break;
                rules.Add(more);
            }
        }
        return rules;
    }

    private static List<NetworkAclEntry> Filled(NetworkAcl acl, Random random)
    {
        List<NetworkAclEntry> entries = [.. acl.Entries.Where(entry => entry.RuleNumber <= NetworkAclEntry.MostRuleNumber)];
        foreach (var isEgress in new[] { false, true })
        {
            for (var number = 300; NetworkAclOperations.HasRoom(acl with { Entries = [.. entries] }, isEgress); number++)
                entries.Add(Entry(number, isEgress, random.Next(2) == 0, "tcp", "192.168.0.0/16", 5432, 5432));
        }
        return entries;
    }
}
