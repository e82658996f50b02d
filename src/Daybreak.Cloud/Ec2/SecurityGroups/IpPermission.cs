using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>The rules of one protocol and port range, in requests and responses.</summary>
internal sealed record IpPermission
{
    public string? IpProtocol { get; init; }

    public int? FromPort { get; init; }

    public int? ToPort { get; init; }

    public IReadOnlyList<UserIdGroupPair>? Groups { get; init; }

    public IReadOnlyList<IpRange>? IpRanges { get; init; }

    public IReadOnlyList<Ipv6Range>? Ipv6Ranges { get; init; }

    public IReadOnlyList<PrefixListId>? PrefixListIds { get; init; }

    /// <summary>Rules as DescribeSecurityGroups shows them.</summary>
    public static IReadOnlyList<IpPermission> Of(IEnumerable<SecurityGroupRule> rules, Network network) =>
        [
            .. rules
                .GroupBy(static rule => (rule.Protocol, rule.FromPort, rule.ToPort))
                .Select(same => new IpPermission
                {
                    IpProtocol = same.Key.Protocol.Name,
                    FromPort = same.Key.FromPort,
                    ToPort = same.Key.ToPort,
                    Groups = Those<GroupPeer, UserIdGroupPair>(
                        same,
                        (peer, rule) =>
                            new UserIdGroupPair
                            {
                                UserId = network.AccountId,
                                GroupId = peer.GroupId,
                                Description = rule.Description,
                                VpcId = peer.Peering is null ? null : peer.PeerVpcId,
                                VpcPeeringConnectionId = peer.Peering,
                                PeeringStatus = GroupPeer.StatusOf(peer, network),
                            }
                    ),
                    IpRanges = Those<CidrPeer, IpRange>(
                        same,
                        static (peer, rule) =>
                            peer.Cidr.IsIpv6 ? null : new IpRange { CidrIp = peer.Cidr.ToString(), Description = rule.Description }
                    ),
                    Ipv6Ranges = Those<CidrPeer, Ipv6Range>(
                        same,
                        static (peer, rule) =>
                            peer.Cidr.IsIpv6 ? new Ipv6Range { CidrIpv6 = peer.Cidr.ToString(), Description = rule.Description } : null
                    ),
                    PrefixListIds = Those<PrefixListPeer, PrefixListId>(
                        same,
                        static (peer, rule) => new PrefixListId { Id = peer.PrefixListId, Description = rule.Description }
                    ),
                }),
        ];

    private static List<TShown> Those<TPeer, TShown>(IEnumerable<SecurityGroupRule> rules, Func<TPeer, SecurityGroupRule, TShown?> show)
        where TPeer : RulePeer
        where TShown : class
    {
        var shown = new List<TShown>();
        foreach (var rule in rules)
        {
            if (rule.Peer is TPeer peer && show(peer, rule) is { } one)
                shown.Add(one);
        }
        return shown;
    }
}

internal sealed record UserIdGroupPair
{
    public string? UserId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Name of the group, if it is in the same VPC.</summary>
    public string? GroupName { get; init; }

    public string? Description { get; init; }

    /// <summary>VPC of the group, if it is a peer VPC.</summary>
    public string? VpcId { get; init; }

    public string? VpcPeeringConnectionId { get; init; }

    /// <summary>Status of the peering connection, if the group is in a peer VPC; only in responses.</summary>
    public string? PeeringStatus { get; init; }
}

internal sealed record IpRange
{
    public string? CidrIp { get; init; }

    public string? Description { get; init; }
}

internal sealed record Ipv6Range
{
    public string? CidrIpv6 { get; init; }

    public string? Description { get; init; }
}

internal sealed record PrefixListId
{
    [WireName("PrefixListId")]
    public string? Id { get; init; }

    public string? Description { get; init; }
}
