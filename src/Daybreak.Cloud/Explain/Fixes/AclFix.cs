using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain.Fixes;

/// <summary>What to add to a network ACL that denies packets, or to replace in one that is full.</summary>
internal sealed class AclFix(Network network, RegionalCommands aws)
{
    private const int FirstNumber = 100;
    private const int NumberStep = 10;

    // The ports that AWS recommends to open for answers, whatever the client.
    private static readonly PortRange Ephemeral = new(1024, 65535);

    public (FixStep, Network?) Of(AclHop hop)
    {
        var acl = network.NetworkAcls.Find(hop.Acl)!;
        var number = NetworkAclOperations.HasRoom(acl, hop.IsEgress) ? FreeNumber(acl, hop) : null;
        var replaced = number is null ? Replaceable(acl, hop) : null;
        if ((number ?? replaced?.RuleNumber) is not { } chosen)
        {
            return PathFix.Nothing(
                $"The network ACL {acl.Id} of {hop.Subnet} has no room for another {(hop.IsEgress ? "outbound" : "inbound")} "
                    + "entry: delete one, or give the subnet another ACL."
            );
        }
        var ports = hop.Ports.From == hop.Ports.To ? hop.Ports : Ephemeral;
        var cidr = BlockOf(hop.Peer);
        var allowing = hop.Entry with
        {
            RuleNumber = chosen,
            Allows = true,
            Protocol = IpProtocol.Tcp,
            Cidr = cidr,
            Ports = ports,
            Icmp = null,
        };
        var command = aws.Of(
            replaced is null ? "ec2 create-network-acl-entry" : "ec2 replace-network-acl-entry",
            ("network-acl-id", acl.Id),
            (hop.IsEgress ? "egress" : "ingress", null),
            ("rule-number", $"{chosen}"),
            ("protocol", "tcp"),
            ("port-range", $"From={ports.From},To={ports.To}"),
            ("cidr-block", $"{cidr}"),
            ("rule-action", "allow")
        );
        return (
            new FixStep(
                $"Let the network ACL {acl.Id} of {hop.Subnet} pass {(ports == Ephemeral ? "answers" : $"TCP {ports.From}")} "
                    + $"{(hop.IsEgress ? "to" : "from")} {cidr}.",
                null,
                [command]
            ),
            network with
            {
                NetworkAcls = network.NetworkAcls.With(
                    acl with
                    {
                        Entries = NetworkAcl.Ordered(acl.Entries.Where(entry => entry != replaced).Append(allowing)),
                    }
                ),
            }
        );
    }

    /// <summary>Returns the entry that denies. If it is the last one, which cannot be changed, returns an earlier entry that only denies
    /// what is also denied without it. Null: none.</summary>
    private static NetworkAclEntry? Replaceable(NetworkAcl acl, AclHop hop) =>
        hop.Entry.RuleNumber <= NetworkAclEntry.MostRuleNumber ? hop.Entry
        : acl
            .Entries.Where(entry =>
                entry.IsEgress == hop.IsEgress && !entry.Cidr.IsIpv6 && entry.RuleNumber <= NetworkAclEntry.MostRuleNumber
            )
            .OrderByDescending(static entry => entry.RuleNumber)
            .FirstOrDefault()
            is { Allows: false } last
            ? last
        : null;

    /// <summary>Returns a free number before the entry that denies; null when there is none.</summary>
    private static int? FreeNumber(NetworkAcl acl, AclHop hop)
    {
        bool IsFree(int number) => !acl.Entries.Any(entry => entry.IsEgress == hop.IsEgress && entry.RuleNumber == number);
        for (var number = FirstNumber; number < hop.Entry.RuleNumber; number += NumberStep)
        {
            if (IsFree(number))
                return number;
        }
        for (var number = hop.Entry.RuleNumber - 1; number > 0; number--)
        {
            if (IsFree(number))
                return number;
        }
        return null;
    }

    /// <summary>Within the VPC this is the peer's subnet, otherwise all addresses.</summary>
    private Cidr BlockOf(IPAddress peer) =>
        network
            .Subnets.All.Where(subnet => subnet.CidrBlock.Contains(peer))
            .Select(static subnet => (Cidr?)subnet.CidrBlock)
            .FirstOrDefault()
        ?? Cidr.AllIpv4;
}
