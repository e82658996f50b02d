using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

internal sealed record CreateSecurityGroupRequest : CreationRequest
{
    public string? GroupName { get; init; }

    public string? GroupDescription { get; init; }

    /// <summary>The VPC; by default the default VPC.</summary>
    public string? VpcId { get; init; }
}

/// <summary>A request that names a group by its id, or by its name in the default VPC.</summary>
internal abstract record OfGroupRequest : CreationRequest
{
    public string? GroupId { get; init; }

    public string? GroupName { get; init; }
}

internal sealed record DeleteSecurityGroupRequest : OfGroupRequest;

internal sealed record DescribeSecurityGroupsRequest : DescribeRequest
{
    [WireName("GroupId")]
    public IReadOnlyList<string>? GroupIds { get; init; }

    [WireName("GroupName")]
    public IReadOnlyList<string>? GroupNames { get; init; }
}

internal sealed record GetSecurityGroupsForVpcRequest : DescribeRequest
{
    public string? VpcId { get; init; }
}

internal sealed record CreateSecurityGroupResponse
{
    public required string GroupId { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string SecurityGroupArn { get; init; }
}

internal sealed record DeleteSecurityGroupResponse
{
    public bool Return { get; init; } = true;

    public required string GroupId { get; init; }
}

internal sealed record DescribeSecurityGroupsResponse
{
    public required IReadOnlyList<SecurityGroupDescription> SecurityGroupInfo { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetSecurityGroupsForVpcResponse
{
    public required IReadOnlyList<SecurityGroupForVpc> SecurityGroupForVpcSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record SecurityGroupForVpc
{
    public required string Description { get; init; }

    public required string GroupName { get; init; }

    public required string OwnerId { get; init; }

    public required string GroupId { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string PrimaryVpcId { get; init; }
}

/// <summary>A security group in responses.</summary>
internal sealed record SecurityGroupDescription
{
    public required string OwnerId { get; init; }

    public required string GroupName { get; init; }

    public required string GroupId { get; init; }

    public required string GroupDescription { get; init; }

    public required IReadOnlyList<IpPermission> IpPermissions { get; init; }

    public required IReadOnlyList<IpPermission> IpPermissionsEgress { get; init; }

    public required string VpcId { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string SecurityGroupArn { get; init; }

    public static SecurityGroupDescription Of(SecurityGroup group, Network network) =>
        new()
        {
            OwnerId = network.AccountId,
            GroupName = group.GroupName,
            GroupId = group.Id,
            GroupDescription = group.Description,
            IpPermissions = IpPermission.Of(group.Rules.Where(rule => !rule.IsEgress), network),
            IpPermissionsEgress = IpPermission.Of(group.Rules.Where(rule => rule.IsEgress), network),
            VpcId = group.VpcId,
            TagSet = Tag.List(group),
            SecurityGroupArn = Ec2Arn.Of(network, group),
        };
}
