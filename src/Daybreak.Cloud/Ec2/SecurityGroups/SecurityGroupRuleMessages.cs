using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>A request with rules of a group: a list of permissions, or one permission in members of the request itself.</summary>
internal abstract record PermissionsRequest : OfGroupRequest
{
    public IReadOnlyList<IpPermission>? IpPermissions { get; init; }

    public string? IpProtocol { get; init; }

    public int? FromPort { get; init; }

    public int? ToPort { get; init; }

    public string? CidrIp { get; init; }

    public string? SourceSecurityGroupName { get; init; }

    public string? SourceSecurityGroupOwnerId { get; init; }

    /// <summary>All the permissions of the request.</summary>
    public IReadOnlyList<IpPermission> Permissions()
    {
        if (IpProtocol is null && CidrIp is null && SourceSecurityGroupName is null && FromPort is null && ToPort is null)
            return IpPermissions ?? [];
        if (IpPermissions is { Count: > 0 })
            throw Ec2Errors.InvalidCombination("The parameter ipPermissions cannot be used with the parameters of a single permission");
        return
        [
            new IpPermission
            {
                // For a source group AWS admits all protocols when none is given.
                IpProtocol = IpProtocol ?? (SourceSecurityGroupName is null ? null : "-1"),
                FromPort = FromPort,
                ToPort = ToPort,
                IpRanges = CidrIp is null ? [] : [new IpRange { CidrIp = CidrIp }],
                Groups = SourceSecurityGroupName is null
                    ? []
                    : [new UserIdGroupPair { GroupName = SourceSecurityGroupName, UserId = SourceSecurityGroupOwnerId }],
            },
        ];
    }
}

internal sealed record AuthorizeRequest : PermissionsRequest;

internal sealed record RevokeRequest : PermissionsRequest
{
    [WireName("SecurityGroupRuleId")]
    public IReadOnlyList<string>? SecurityGroupRuleIds { get; init; }
}

internal sealed record UpdateDescriptionsRequest : OfGroupRequest
{
    public IReadOnlyList<IpPermission>? IpPermissions { get; init; }

    [WireName("SecurityGroupRuleDescription")]
    public IReadOnlyList<SecurityGroupRuleDescription>? SecurityGroupRuleDescriptions { get; init; }
}

internal sealed record SecurityGroupRuleDescription
{
    public string? SecurityGroupRuleId { get; init; }

    public string? Description { get; init; }
}

internal sealed record ModifySecurityGroupRulesRequest : Ec2Request
{
    public string? GroupId { get; init; }

    [WireName("SecurityGroupRule")]
    public IReadOnlyList<SecurityGroupRuleUpdate>? SecurityGroupRules { get; init; }
}

internal sealed record SecurityGroupRuleUpdate
{
    public string? SecurityGroupRuleId { get; init; }

    public SecurityGroupRuleRequest? SecurityGroupRule { get; init; }
}

internal sealed record SecurityGroupRuleRequest
{
    public string? IpProtocol { get; init; }

    public int? FromPort { get; init; }

    public int? ToPort { get; init; }

    public string? CidrIpv4 { get; init; }

    public string? CidrIpv6 { get; init; }

    public string? PrefixListId { get; init; }

    public string? ReferencedGroupId { get; init; }

    public string? Description { get; init; }

    /// <summary>The rule as a permission, in which every kind of peer is a list.</summary>
    public IpPermission Permission() =>
        new()
        {
            IpProtocol = IpProtocol,
            FromPort = FromPort,
            ToPort = ToPort,
            IpRanges = CidrIpv4 is null ? [] : [new IpRange { CidrIp = CidrIpv4, Description = Description }],
            Ipv6Ranges = CidrIpv6 is null ? [] : [new Ipv6Range { CidrIpv6 = CidrIpv6, Description = Description }],
            PrefixListIds = PrefixListId is null ? [] : [new PrefixListId { Id = PrefixListId, Description = Description }],
            Groups = ReferencedGroupId is null ? [] : [new UserIdGroupPair { GroupId = ReferencedGroupId, Description = Description }],
        };
}

internal sealed record DescribeSecurityGroupRulesRequest : DescribeRequest
{
    [WireName("SecurityGroupRuleId")]
    public IReadOnlyList<string>? SecurityGroupRuleIds { get; init; }
}

internal sealed record AuthorizeResponse
{
    public bool Return { get; init; } = true;

    public required IReadOnlyList<RuleDescription> SecurityGroupRuleSet { get; init; }
}

internal sealed record RevokeResponse
{
    public bool Return { get; init; } = true;

    public required IReadOnlyList<IpPermission> UnknownIpPermissionSet { get; init; }

    public required IReadOnlyList<RevokedRule> RevokedSecurityGroupRuleSet { get; init; }
}

internal sealed record DescribeSecurityGroupRulesResponse
{
    public required IReadOnlyList<RuleDescription> SecurityGroupRuleSet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A rule in responses.</summary>
internal sealed record RuleDescription
{
    private const int All = -1;

    public required string SecurityGroupRuleId { get; init; }

    public required string SecurityGroupRuleArn { get; init; }

    public required string GroupId { get; init; }

    public required string GroupOwnerId { get; init; }

    public required bool IsEgress { get; init; }

    public required string IpProtocol { get; init; }

    public required int FromPort { get; init; }

    public required int ToPort { get; init; }

    public string? CidrIpv4 { get; init; }

    public string? CidrIpv6 { get; init; }

    public string? PrefixListId { get; init; }

    public ReferencedSecurityGroup? ReferencedGroupInfo { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static RuleDescription Of(SecurityGroupRule rule, SecurityGroup group, Network network) =>
        new()
        {
            SecurityGroupRuleId = rule.Id,
            SecurityGroupRuleArn = Ec2Arn.Of(network, rule),
            GroupId = group.Id,
            GroupOwnerId = network.AccountId,
            IsEgress = rule.IsEgress,
            IpProtocol = rule.Protocol.Name,
            FromPort = rule.FromPort ?? All,
            ToPort = rule.ToPort ?? All,
            CidrIpv4 = rule.Peer is CidrPeer { Cidr: { IsIpv6: false } v4 } ? v4.ToString() : null,
            CidrIpv6 = rule.Peer is CidrPeer { Cidr: { IsIpv6: true } v6 } ? v6.ToString() : null,
            PrefixListId = (rule.Peer as PrefixListPeer)?.PrefixListId,
            ReferencedGroupInfo = rule.Peer is GroupPeer peer ? ReferencedSecurityGroup.Of(peer, network) : null,
            Description = rule.Description,
            TagSet = Tag.List(rule),
        };
}

internal sealed record ReferencedSecurityGroup
{
    public required string GroupId { get; init; }

    public string? PeeringStatus { get; init; }

    public required string UserId { get; init; }

    public string? VpcId { get; init; }

    public string? VpcPeeringConnectionId { get; init; }

    public static ReferencedSecurityGroup Of(GroupPeer peer, Network network) =>
        new()
        {
            GroupId = peer.GroupId,
            PeeringStatus = GroupPeer.StatusOf(peer, network),
            UserId = network.AccountId,
            VpcId = peer.PeerVpcId,
            VpcPeeringConnectionId = peer.Peering,
        };
}

internal sealed record RevokedRule
{
    public required string SecurityGroupRuleId { get; init; }

    public required string GroupId { get; init; }

    public required bool IsEgress { get; init; }

    public required string IpProtocol { get; init; }

    public required int FromPort { get; init; }

    public required int ToPort { get; init; }

    public string? CidrIpv4 { get; init; }

    public string? CidrIpv6 { get; init; }

    public string? PrefixListId { get; init; }

    public string? ReferencedGroupId { get; init; }

    public string? Description { get; init; }

    public static RevokedRule Of(RuleDescription rule) =>
        new()
        {
            SecurityGroupRuleId = rule.SecurityGroupRuleId,
            GroupId = rule.GroupId,
            IsEgress = rule.IsEgress,
            IpProtocol = rule.IpProtocol,
            FromPort = rule.FromPort,
            ToPort = rule.ToPort,
            CidrIpv4 = rule.CidrIpv4,
            CidrIpv6 = rule.CidrIpv6,
            PrefixListId = rule.PrefixListId,
            ReferencedGroupId = rule.ReferencedGroupInfo?.GroupId,
            Description = rule.Description,
        };
}
