using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>Lists groups that rules name across peering connections, and rules that are stale. Pure functions of a request and a
/// network.</summary>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html</remarks>
internal static class PeerReferences
{
    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<DescribeSecurityGroupReferencesRequest, DescribeSecurityGroupReferencesResponse>(
                state,
                "DescribeSecurityGroupReferences",
                Describe
            ),
            new Ec2Operation<DescribeStaleSecurityGroupsRequest, DescribeStaleSecurityGroupsResponse>(
                state,
                "DescribeStaleSecurityGroups",
                DescribeStale
            ),
        ];

    /// <summary>The peer VPCs whose groups name a group.</summary>
    public static DescribeSecurityGroupReferencesResponse Describe(DescribeSecurityGroupReferencesRequest request, Network network)
    {
        if (request.GroupIds is not { Count: > 0 } ids)
            throw Ec2Errors.Missing("GroupId");
        var references =
            from id in ids.Distinct()
            let named = ResourceKind.SecurityGroup.Item(network.SecurityGroups, id)
            from other in network.SecurityGroups.All
            from peer in other.Rules.Select(static rule => rule.Peer).OfType<GroupPeer>()
            where peer.GroupId == named.Id && peer.Peering is not null
            select new SecurityGroupReference
            {
                GroupId = named.Id,
                ReferencingVpcId = other.VpcId,
                VpcPeeringConnectionId = peer.Peering!,
            };
        return new DescribeSecurityGroupReferencesResponse
        {
            SecurityGroupReferenceSet =
            [
                .. references
                    .Distinct()
                    .OrderBy(static one => one.GroupId, StringComparer.Ordinal)
                    .ThenBy(static one => one.ReferencingVpcId, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>The groups of a VPC with rules whose group or peering connection no longer exists.</summary>
    public static DescribeStaleSecurityGroupsResponse DescribeStale(DescribeStaleSecurityGroupsRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var stale = network.SecurityGroups.All.Where(group => group.VpcId == vpc.Id && group.Rules.Any(rule => IsStale(rule, network)));
        var page = Page.Of(stale, group => group.Id, request.MaxResults, request.NextToken, PageLimits.OfGateways);
        return new DescribeStaleSecurityGroupsResponse
        {
            StaleSecurityGroupSet = page.Select(group => new StaleSecurityGroup
            {
                Description = group.Description,
                GroupId = group.Id,
                GroupName = group.GroupName,
                StaleIpPermissions = Stale(group, isEgress: false, network),
                StaleIpPermissionsEgress = Stale(group, isEgress: true, network),
                VpcId = group.VpcId,
            }),
            NextToken = page.NextToken,
        };
    }

    private static IReadOnlyList<StaleIpPermission> Stale(SecurityGroup group, bool isEgress, Network network) =>
        [
            .. IpPermission
                .Of(group.Rules.Where(rule => rule.IsEgress == isEgress && IsStale(rule, network)), network)
                .Select(static permission => new StaleIpPermission
                {
                    FromPort = permission.FromPort,
                    IpProtocol = permission.IpProtocol,
                    ToPort = permission.ToPort,
                    Groups = permission.Groups,
                }),
        ];

    private static bool IsStale(SecurityGroupRule rule, Network network) =>
        rule.Peer is GroupPeer { Peering: { } peering } peer
        && (network.PeeringConnections.Find(peering) is not { IsActive: true } || network.SecurityGroups.Find(peer.GroupId) is null);
}

internal sealed record DescribeSecurityGroupReferencesRequest : Ec2Request
{
    [WireName("GroupId")]
    public IReadOnlyList<string>? GroupIds { get; init; }
}

internal sealed record DescribeStaleSecurityGroupsRequest : Ec2Request
{
    public string? VpcId { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeSecurityGroupReferencesResponse
{
    public required IReadOnlyList<SecurityGroupReference> SecurityGroupReferenceSet { get; init; }
}

internal sealed record DescribeStaleSecurityGroupsResponse
{
    public required IReadOnlyList<StaleSecurityGroup> StaleSecurityGroupSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record SecurityGroupReference
{
    public required string GroupId { get; init; }

    public required string ReferencingVpcId { get; init; }

    public required string VpcPeeringConnectionId { get; init; }
}

internal sealed record StaleSecurityGroup
{
    public required string Description { get; init; }

    public required string GroupId { get; init; }

    public required string GroupName { get; init; }

    public required IReadOnlyList<StaleIpPermission> StaleIpPermissions { get; init; }

    public required IReadOnlyList<StaleIpPermission> StaleIpPermissionsEgress { get; init; }

    public required string VpcId { get; init; }
}

/// <summary>The stale rules of one protocol and port range, which always name groups.</summary>
internal sealed record StaleIpPermission
{
    public int? FromPort { get; init; }

    public string? IpProtocol { get; init; }

    public IReadOnlyList<string> IpRanges { get; init; } = [];

    public IReadOnlyList<string> PrefixListIds { get; init; } = [];

    public int? ToPort { get; init; }

    public IReadOnlyList<UserIdGroupPair>? Groups { get; init; }
}
