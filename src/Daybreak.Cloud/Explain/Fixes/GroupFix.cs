using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain.Fixes;

/// <summary>What to add when no security group allows a connection: a rule to a group that is not full, otherwise a new group.</summary>
internal sealed class GroupFix(Network network, RegionalCommands aws)
{
    // Prefix of ids of groups that an earlier step creates; only AWS will know the real ids.
    private const string Made = "sg-new-";

    /// <param name="endpoint">The VPC endpoint on the path; null: none.</param>
    public (FixStep, Network?) Of(GroupHop hop, string? endpoint, SourceCommands from)
    {
        if (hop.Groups.IsEmpty)
            return PathFix.Nothing($"The interface {hop.Holder} has no security group that could have a rule.");
        var rule = RuleFor(hop);
        if (
            hop.Groups.Select(network.SecurityGroups.Find).OfType<SecurityGroup>().FirstOrDefault(group => HasRoom(group, rule)) is
            { } group
        )
            return WithRule(group, rule, hop, from);
        if (hop.Groups.Length < NewInterface.MostGroups && (hop.IsEgress || endpoint is not null))
            return WithGroup(hop, rule, endpoint, from);
        return PathFix.Nothing(
            $"The security groups {string.Join(", ", hop.Groups)} have no room for another {(hop.IsEgress ? "egress" : "ingress")} "
                + $"rule, nor {hop.Holder} for another group: revoke a rule."
        );
    }

    /// <summary>Returns the first group that can admit itself, for an endpoint next to the database; null when every group is
    /// full.</summary>
    public string? FirstThatCanAdmitItself(ImmutableArray<string> ids) =>
        ids.FirstOrDefault(id =>
            !id.StartsWith(Made, StringComparison.Ordinal)
            && network.SecurityGroups.Find(id) is { } group
            && HasRoom(group, Rule(isEgress: false, new GroupPeer(id), ApiHost.Port))
        );

    private bool HasRoom(SecurityGroup group, SecurityGroupRule rule) =>
        SecurityGroupRuleOperations.IsInLimit(group with { Rules = group.Rules.Add(rule) }, rule.IsEgress, network);

    private (FixStep, Network?) WithRule(SecurityGroup group, SecurityGroupRule rule, GroupHop hop, SourceCommands from) =>
        (
            new FixStep(
                rule.IsEgress
                    ? $"Let the security group {group.Id} of the {from.Noun} out to TCP {hop.Port}."
                    : $"Let the security group {group.Id} of the {(hop.IsToApi ? "endpoint" : "database")} admit the {from.Noun} on TCP "
                        + $"{hop.Port}.",
                null,
                [Authorize(rule, group.Id)]
            ),
            network with
            {
                SecurityGroups = network.SecurityGroups.With(group with { Rules = group.Rules.Add(rule) }),
            }
        );

    /// <summary>Creates a group for the rule. A new group lets everything out.</summary>
    private (FixStep, Network?) WithGroup(GroupHop hop, SecurityGroupRule rule, string? endpoint, SourceCommands from)
    {
        var holder = network.NetworkInterfaces.Find(hop.Holder)!;
        var name = FreeName(holder.VpcId, hop.IsEgress ? "lambda-egress" : "lambda-ingress");
        var made = new SecurityGroup
        {
            Id = $"{Made}{name}",
            VpcId = holder.VpcId,
            GroupName = name,
            Description = name,
            Rules = [DefaultNetwork.AllEgress("sgr-new"), .. hop.IsEgress ? (SecurityGroupRule[])[] : [rule]],
        };
        var groups = holder.GroupIds.Add(made.Id);
        var changed = network with { SecurityGroups = network.SecurityGroups.With(made) };
        var create = aws.Of(
            "ec2 create-security-group",
            ("group-name", name),
            ("description", name),
            ("vpc-id", holder.VpcId),
            ("query", "GroupId"),
            ("output", "text")
        );
        create = $"group=$({create})";
        return hop.IsEgress
            ? (
                new FixStep(
                    $"Give the {from.Noun} one more security group, which lets it out: {string.Join(", ", hop.Groups)} have no room "
                        + "for another rule.",
                    null,
                    [create, from.SetTo(hop.Groups, "$group")]
                ),
                changed with
                {
                    NetworkInterfaces = network.NetworkInterfaces.With(holder with { GroupIds = groups }),
                }
            )
            : (
                new FixStep(
                    $"Give the endpoint {endpoint} one more security group, which admits the {from.Noun}: "
                        + $"{string.Join(", ", hop.Groups)} have no room for another rule.",
                    null,
                    [
                        create,
                        Authorize(rule, null),
                        $"{aws.Of("ec2 modify-vpc-endpoint", ("vpc-endpoint-id", endpoint), ("add-security-group-ids", null))} $group",
                    ]
                ),
                EndpointParts.WithGroups(network.VpcEndpoints.Find(endpoint)!, groups, changed)
            );
    }

    private static SecurityGroupRule RuleFor(GroupHop hop) =>
        Rule(
            hop.IsEgress,
            hop.PeerGroups is [var first, ..] ? new GroupPeer(first) : new CidrPeer(hop.IsEgress ? Cidr.AllIpv4 : Cidr.Of(hop.Peer)),
            hop.Port
        );

    private static SecurityGroupRule Rule(bool isEgress, RulePeer peer, int port) =>
        new()
        {
            Id = "sgr-new",
            IsEgress = isEgress,
            Protocol = IpProtocol.Tcp,
            FromPort = port,
            ToPort = port,
            Peer = peer,
        };

    /// <param name="group">Null: the group that the shell has just created.</param>
    private string Authorize(SecurityGroupRule rule, string? group)
    {
        var operation = $"ec2 authorize-security-group-{(rule.IsEgress ? "egress" : "ingress")}";
        var port = $"{rule.FromPort}";
        // The CLI has a short form for groups in ingress rules, but none in egress rules.
        (string, string?)[] options = rule switch
        {
            { Peer: CidrPeer { Cidr: var cidr } } => [("protocol", "tcp"), ("port", port), ("cidr", $"{cidr}")],
            { Peer: GroupPeer peer, IsEgress: false } => [("protocol", "tcp"), ("port", port), ("source-group", peer.GroupId)],
            { Peer: GroupPeer peer } =>
            [
                ("ip-permissions", $"IpProtocol=tcp,FromPort={port},ToPort={port},UserIdGroupPairs=[{{GroupId={peer.GroupId}}}]"),
            ],
            _ => throw new ArgumentException($"{rule.Peer} has no command.", nameof(rule)),
        };
        return group is null
            ? $"{aws.Of(operation, [.. options, ("group-id", null)])} $group"
            : aws.Of(operation, [("group-id", group), .. options]);
    }

    private string FreeName(string vpcId, string name)
    {
        var taken = network.SecurityGroups.All.Where(group => group.VpcId == vpcId).Select(static group => group.GroupName).ToHashSet();
        return Enumerable
            .Range(1, taken.Count + 1)
            .Select(number => number == 1 ? name : $"{name}-{number}")
            .First(free => !taken.Contains(free));
    }
}
