using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Vpcs;

internal sealed record CreateVpcRequest : CreationRequest
{
    public string? CidrBlock { get; init; }

    public string? InstanceTenancy { get; init; }

    public bool? AmazonProvidedIpv6CidrBlock { get; init; }

    public string? Ipv6CidrBlockNetworkBorderGroup { get; init; }
}

internal sealed record CreateDefaultVpcRequest : Ec2Request;

internal sealed record VpcRequest : Ec2Request
{
    public string? VpcId { get; init; }
}

internal sealed record DescribeVpcsRequest : DescribeRequest
{
    [WireName("VpcId")]
    public IReadOnlyList<string>? VpcIds { get; init; }
}

internal sealed record DescribeVpcAttributeRequest : Ec2Request
{
    public string? VpcId { get; init; }

    public string? Attribute { get; init; }
}

internal sealed record ModifyVpcAttributeRequest : Ec2Request
{
    public string? VpcId { get; init; }

    public AttributeBooleanValue? EnableDnsSupport { get; init; }

    public AttributeBooleanValue? EnableDnsHostnames { get; init; }

    public AttributeBooleanValue? EnableNetworkAddressUsageMetrics { get; init; }
}

internal sealed record AssociateVpcCidrBlockRequest : Ec2Request
{
    public string? VpcId { get; init; }

    public string? CidrBlock { get; init; }

    public bool? AmazonProvidedIpv6CidrBlock { get; init; }

    public string? Ipv6CidrBlockNetworkBorderGroup { get; init; }
}

internal sealed record DisassociateVpcCidrBlockRequest : Ec2Request
{
    public string? AssociationId { get; init; }
}

internal sealed record VpcResponse
{
    public required VpcDescription Vpc { get; init; }
}

internal sealed record DescribeVpcsResponse
{
    public required IReadOnlyList<VpcDescription> VpcSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeVpcAttributeResponse
{
    public required string VpcId { get; init; }

    public AttributeBooleanValue? EnableDnsSupport { get; init; }

    public AttributeBooleanValue? EnableDnsHostnames { get; init; }

    public AttributeBooleanValue? EnableNetworkAddressUsageMetrics { get; init; }
}

internal sealed record VpcCidrBlockResponse
{
    public VpcCidrBlockAssociation? CidrBlockAssociation { get; init; }

    public VpcIpv6CidrBlockAssociation? Ipv6CidrBlockAssociation { get; init; }

    public required string VpcId { get; init; }
}

/// <summary>A VPC in responses.</summary>
internal sealed record VpcDescription
{
    public required string VpcId { get; init; }

    public required string OwnerId { get; init; }

    public required string State { get; init; }

    public required string CidrBlock { get; init; }

    public required IReadOnlyList<VpcCidrBlockAssociation> CidrBlockAssociationSet { get; init; }

    public required IReadOnlyList<VpcIpv6CidrBlockAssociation> Ipv6CidrBlockAssociationSet { get; init; }

    public required string DhcpOptionsId { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string InstanceTenancy { get; init; }

    public required bool IsDefault { get; init; }

    public static VpcDescription Of(Vpc vpc, Network network, string state = "available") =>
        new()
        {
            VpcId = vpc.Id,
            OwnerId = network.AccountId,
            State = state,
            CidrBlock = vpc.CidrBlock.ToString(),
            CidrBlockAssociationSet = [.. vpc.CidrBlocks.Select(block => VpcCidrBlockAssociation.Of(block))],
            Ipv6CidrBlockAssociationSet =
            [
                .. vpc.Ipv6CidrBlocks.Select(block =>
                    VpcIpv6CidrBlockAssociation.Of(block, network.Region, state == "pending" ? "associating" : "associated")
                ),
            ],
            DhcpOptionsId = vpc.DhcpOptionsId,
            TagSet = Tag.List(vpc),
            InstanceTenancy = vpc.InstanceTenancy,
            IsDefault = vpc.IsDefault,
        };
}

internal sealed record VpcCidrBlockAssociation
{
    public required string AssociationId { get; init; }

    public required string CidrBlock { get; init; }

    public required VpcCidrBlockState CidrBlockState { get; init; }

    public static VpcCidrBlockAssociation Of(VpcCidrBlock block, string state = "associated") =>
        new()
        {
            AssociationId = block.AssociationId,
            CidrBlock = block.Cidr.ToString(),
            CidrBlockState = new VpcCidrBlockState { State = state },
        };
}

internal sealed record VpcIpv6CidrBlockAssociation
{
    public required string AssociationId { get; init; }

    public required string Ipv6CidrBlock { get; init; }

    public required VpcCidrBlockState Ipv6CidrBlockState { get; init; }

    public required string NetworkBorderGroup { get; init; }

    public string Ipv6Pool { get; init; } = "Amazon";

    public string Ipv6AddressAttribute { get; init; } = "public";

    public string IpSource { get; init; } = "amazon";

    public static VpcIpv6CidrBlockAssociation Of(VpcCidrBlock block, string region, string state) =>
        new()
        {
            AssociationId = block.AssociationId,
            Ipv6CidrBlock = block.Cidr.ToString(),
            Ipv6CidrBlockState = new VpcCidrBlockState { State = state },
            NetworkBorderGroup = region,
        };
}

internal sealed record VpcCidrBlockState
{
    public required string State { get; init; }
}
