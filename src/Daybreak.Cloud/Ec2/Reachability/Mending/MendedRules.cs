using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Iam.Explain;

namespace Daybreak.Cloud.Ec2.Reachability.Mending;

/// <summary>What to add to security groups and network ACLs that let nothing through.</summary>
internal static class MendedRules
{
    private const int FirstNumber = 100;
    private const int NumberStep = 10;
    private const string Everywhere = "0.0.0.0/0";

    // What AWS tells to open for answers, whoever asks.
    private static readonly PortRange ephemeral = new(1024, 65535);

    public static (MendingStep, Network?) OfGroup(Network network, GroupHop hop)
    {
        if (hop.Groups is not [var id, ..])
            return PathMending.Nothing($"The interface {hop.Holder} has no security group that could have a rule.");
        var peer = hop.PeerGroups is [var first, ..] ? first : null;
        var command = hop switch
        {
            { IsEgress: false } => AwsCommand.Of("ec2 authorize-security-group-ingress", ("group-id", id), ("protocol", "tcp"), ("port", "443"), ("source-group", peer)),
            { IsEgress: true } when peer is not null => AwsCommand.Of(
                "ec2 authorize-security-group-egress", ("group-id", id), ("ip-permissions", $"IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{{GroupId={peer}}}]")),
            _ => AwsCommand.Of("ec2 authorize-security-group-egress", ("group-id", id), ("protocol", "tcp"), ("port", "443"), ("cidr", Everywhere)),
        };
        var rule = new SecurityGroupRule
        {
            Id = "sgr-new",
            IsEgress = hop.IsEgress,
            Protocol = IpProtocol.Tcp,
            FromPort = ApiHost.Port,
            ToPort = ApiHost.Port,
            Peer = peer is null ? new CidrPeer(Cidr.AllIpv4) : new GroupPeer(peer),
        };
        var group = network.SecurityGroups.Find(id)!;
        return (
            new MendingStep(
                hop.IsEgress ? $"Let the security group {id} of the database out to TCP 443." : $"Let the security group {id} of the endpoint admit the database on TCP 443.",
                null, [command]),
            network with { SecurityGroups = network.SecurityGroups.With(group with { Rules = group.Rules.Add(rule) }) });
    }

    public static (MendingStep, Network?) OfAcl(Network network, AclHop hop)
    {
        var acl = network.NetworkAcls.Find(hop.Acl)!;
        var ports = hop.Ports.From == ApiHost.Port ? hop.Ports : ephemeral;
        var cidr = BlockOf(network, hop.Peer);
        var number = FreeNumber(acl, hop);
        var allowing = hop.Entry with { RuleNumber = number ?? hop.Entry.RuleNumber, Allows = true, Protocol = IpProtocol.Tcp, Cidr = cidr, Ports = ports, Icmp = null };
        var command = AwsCommand.Of(
            number is null ? "ec2 replace-network-acl-entry" : "ec2 create-network-acl-entry",
            ("network-acl-id", acl.Id), (hop.IsEgress ? "egress" : "ingress", null), ("rule-number", $"{allowing.RuleNumber}"), ("protocol", "tcp"),
            ("port-range", $"From={ports.From},To={ports.To}"), ("cidr-block", $"{cidr}"), ("rule-action", "allow"));
        return (
            new MendingStep(
                $"Let the network ACL {acl.Id} of {hop.Subnet} pass {(ports == ephemeral ? "answers" : "TCP 443")} {(hop.IsEgress ? "to" : "from")} {cidr}.", null, [command]),
            network with { NetworkAcls = network.NetworkAcls.With(acl with { Entries = With(acl, allowing, hop.Entry) }) });
    }

    private static ImmutableArray<NetworkAclEntry> With(NetworkAcl acl, NetworkAclEntry added, NetworkAclEntry replaced) =>
    [
        .. acl.Entries.Where(entry => added.RuleNumber != replaced.RuleNumber || entry != replaced).Append(added)
            .OrderBy(static entry => entry.IsEgress).ThenBy(static entry => entry.RuleNumber),
    ];

    /// <summary>A number before the entry that denies; null when there is none left.</summary>
    private static int? FreeNumber(NetworkAcl acl, AclHop hop)
    {
        bool IsFree(int number) => !acl.Entries.Any(entry => entry.IsEgress == hop.IsEgress && entry.RuleNumber == number);
        for (var number = FirstNumber; number < hop.Entry.RuleNumber; number += NumberStep)
        {
            if (IsFree(number)) return number;
        }
        for (var number = hop.Entry.RuleNumber - 1; number > 0; number--)
        {
            if (IsFree(number)) return number;
        }
        return null;
    }

    /// <summary>Inside of the VPC the peer's subnet, else everything.</summary>
    private static Cidr BlockOf(Network network, IPAddress peer) =>
        network.Subnets.All.Where(subnet => subnet.CidrBlock.Contains(peer)).Select(static subnet => (Cidr?)subnet.CidrBlock).FirstOrDefault() ?? Cidr.AllIpv4;
}
