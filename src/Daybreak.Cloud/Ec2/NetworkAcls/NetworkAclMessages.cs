using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.NetworkAcls;

internal sealed record CreateNetworkAclRequest : CreationRequest
{
    public string? VpcId { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record NetworkAclRequest : Ec2Request
{
    public string? NetworkAclId { get; init; }
}

internal sealed record DescribeNetworkAclsRequest : DescribeRequest
{
    [WireName("NetworkAclId")]
    public IReadOnlyList<string>? NetworkAclIds { get; init; }
}

/// <summary>Request of CreateNetworkAclEntry and ReplaceNetworkAclEntry.</summary>
internal sealed record NetworkAclEntryRequest : Ec2Request
{
    public string? NetworkAclId { get; init; }

    public int? RuleNumber { get; init; }

    public string? Protocol { get; init; }

    public string? RuleAction { get; init; }

    public bool? Egress { get; init; }

    public string? CidrBlock { get; init; }

    public string? Ipv6CidrBlock { get; init; }

    [WireName("Icmp")]
    public IcmpTypeCodeValue? IcmpTypeCode { get; init; }

    public PortRangeValue? PortRange { get; init; }
}

internal sealed record DeleteNetworkAclEntryRequest : Ec2Request
{
    public string? NetworkAclId { get; init; }

    public int? RuleNumber { get; init; }

    public bool? Egress { get; init; }
}

internal sealed record ReplaceNetworkAclAssociationRequest : Ec2Request
{
    public string? AssociationId { get; init; }

    public string? NetworkAclId { get; init; }
}

internal sealed record CreateNetworkAclResponse
{
    public required NetworkAclDescription NetworkAcl { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record DescribeNetworkAclsResponse
{
    public required IReadOnlyList<NetworkAclDescription> NetworkAclSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ReplaceNetworkAclAssociationResponse
{
    public required string NewAssociationId { get; init; }
}

/// <summary>A network ACL in responses.</summary>
internal sealed record NetworkAclDescription
{
    public required string NetworkAclId { get; init; }

    public required string VpcId { get; init; }

    public required bool Default { get; init; }

    public required IReadOnlyList<NetworkAclEntryDescription> EntrySet { get; init; }

    public required IReadOnlyList<NetworkAclAssociationDescription> AssociationSet { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string OwnerId { get; init; }

    public static NetworkAclDescription Of(NetworkAcl acl, Network network) =>
        new()
        {
            NetworkAclId = acl.Id,
            VpcId = acl.VpcId,
            Default = acl.IsDefault,
            EntrySet = [.. acl.Entries.Select(NetworkAclEntryDescription.Of)],
            AssociationSet =
            [
                .. acl.Associations.Select(association => new NetworkAclAssociationDescription
                {
                    NetworkAclAssociationId = association.AssociationId,
                    NetworkAclId = acl.Id,
                    SubnetId = association.SubnetId,
                }),
            ],
            TagSet = Tag.List(acl),
            OwnerId = network.AccountId,
        };
}

internal sealed record NetworkAclEntryDescription
{
    public required int RuleNumber { get; init; }

    public required string Protocol { get; init; }

    public required string RuleAction { get; init; }

    public required bool Egress { get; init; }

    public string? CidrBlock { get; init; }

    public string? Ipv6CidrBlock { get; init; }

    public IcmpTypeCodeValue? IcmpTypeCode { get; init; }

    public PortRangeValue? PortRange { get; init; }

    public static NetworkAclEntryDescription Of(NetworkAclEntry entry) =>
        new()
        {
            RuleNumber = entry.RuleNumber,
            Protocol = entry.Protocol.Digits,
            RuleAction = entry.Allows ? "allow" : "deny",
            Egress = entry.IsEgress,
            CidrBlock = entry.Cidr.IsIpv6 ? null : entry.Cidr.ToString(),
            Ipv6CidrBlock = entry.Cidr.IsIpv6 ? entry.Cidr.ToString() : null,
            IcmpTypeCode = entry.Icmp is { } icmp ? new IcmpTypeCodeValue { Type = icmp.Type, Code = icmp.Code } : null,
            PortRange = entry.Ports is { } ports ? new PortRangeValue { From = ports.From, To = ports.To } : null,
        };
}

internal sealed record NetworkAclAssociationDescription
{
    public required string NetworkAclAssociationId { get; init; }

    public required string NetworkAclId { get; init; }

    public required string SubnetId { get; init; }
}

internal sealed record IcmpTypeCodeValue
{
    public int? Code { get; init; }

    public int? Type { get; init; }
}

internal sealed record PortRangeValue
{
    public int? From { get; init; }

    public int? To { get; init; }
}
