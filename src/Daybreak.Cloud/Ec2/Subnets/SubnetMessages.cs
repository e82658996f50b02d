using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Subnets;

internal sealed record CreateSubnetRequest : CreationRequest
{
    public string? VpcId { get; init; }

    public string? CidrBlock { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? AvailabilityZoneId { get; init; }

    public string? Ipv6CidrBlock { get; init; }

    [NotImplemented]
    public bool? Ipv6Native { get; init; }
}

internal sealed record AssociateSubnetCidrBlockRequest : Ec2Request
{
    public string? SubnetId { get; init; }

    public string? Ipv6CidrBlock { get; init; }
}

internal sealed record DisassociateSubnetCidrBlockRequest : Ec2Request
{
    public string? AssociationId { get; init; }
}

internal sealed record SubnetCidrBlockResponse
{
    public required SubnetIpv6CidrBlockAssociation Ipv6CidrBlockAssociation { get; init; }

    public required string SubnetId { get; init; }
}

internal sealed record CreateDefaultSubnetRequest : Ec2Request
{
    public string? AvailabilityZone { get; init; }

    public string? AvailabilityZoneId { get; init; }

    [NotImplemented]
    public bool? Ipv6Native { get; init; }
}

internal sealed record SubnetRequest : Ec2Request
{
    public string? SubnetId { get; init; }
}

internal sealed record DescribeSubnetsRequest : DescribeRequest
{
    [WireName("SubnetId")]
    public IReadOnlyList<string>? SubnetIds { get; init; }
}

internal sealed record ModifySubnetAttributeRequest : Ec2Request
{
    public string? SubnetId { get; init; }

    public AttributeBooleanValue? MapPublicIpOnLaunch { get; init; }

    public AttributeBooleanValue? AssignIpv6AddressOnCreation { get; init; }

    public AttributeBooleanValue? EnableDns64 { get; init; }

    public string? PrivateDnsHostnameTypeOnLaunch { get; init; }

    public AttributeBooleanValue? EnableResourceNameDnsARecordOnLaunch { get; init; }

    public AttributeBooleanValue? EnableResourceNameDnsAAAARecordOnLaunch { get; init; }

    // Asked for as it is anyway.
    [NotImplemented]
    public AttributeBooleanValue? MapCustomerOwnedIpOnLaunch { get; init; }
}

internal sealed record SubnetResponse
{
    public required SubnetDescription Subnet { get; init; }
}

internal sealed record DescribeSubnetsResponse
{
    public required IReadOnlyList<SubnetDescription> SubnetSet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A subnet in responses.</summary>
internal sealed record SubnetDescription
{
    public required string SubnetId { get; init; }

    public required string SubnetArn { get; init; }

    public required string State { get; init; }

    public required string OwnerId { get; init; }

    public required string VpcId { get; init; }

    public required string CidrBlock { get; init; }

    public required IReadOnlyList<SubnetIpv6CidrBlockAssociation> Ipv6CidrBlockAssociationSet { get; init; }

    public required long AvailableIpAddressCount { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string AvailabilityZoneId { get; init; }

    public required bool DefaultForAz { get; init; }

    public required bool MapPublicIpOnLaunch { get; init; }

    public bool MapCustomerOwnedIpOnLaunch { get; init; }

    public required bool AssignIpv6AddressOnCreation { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required bool EnableDns64 { get; init; }

    public bool Ipv6Native { get; init; }

    public required PrivateDnsNameOptions PrivateDnsNameOptionsOnLaunch { get; init; }

    public static SubnetDescription Of(Subnet subnet, Network network) =>
        new()
        {
            SubnetId = subnet.Id,
            SubnetArn = Ec2Arn.Of(network, subnet),
            State = "available",
            OwnerId = network.AccountId,
            VpcId = subnet.VpcId,
            CidrBlock = subnet.CidrBlock.ToString(),
            Ipv6CidrBlockAssociationSet = subnet.Ipv6 is { } block ? [SubnetIpv6CidrBlockAssociation.Of(block)] : [],
            AssignIpv6AddressOnCreation = subnet.AssignIpv6AddressOnCreation,
            EnableDns64 = subnet.EnableDns64,
            PrivateDnsNameOptionsOnLaunch = new PrivateDnsNameOptions
            {
                HostnameType = subnet.HostnameType,
                EnableResourceNameDnsARecord = subnet.EnableResourceNameDnsARecord,
                EnableResourceNameDnsAAAARecord = subnet.EnableResourceNameDnsAaaaRecord,
            },
            AvailableIpAddressCount = SubnetAddresses.FreeOf(subnet, network),
            AvailabilityZone = subnet.AvailabilityZone,
            AvailabilityZoneId = Zone.IdOf(network.Region, subnet.AvailabilityZone),
            DefaultForAz = subnet.DefaultForAz,
            MapPublicIpOnLaunch = subnet.MapPublicIpOnLaunch,
            TagSet = Tag.List(subnet),
        };
}

internal sealed record SubnetIpv6CidrBlockAssociation
{
    public required string AssociationId { get; init; }

    public required string Ipv6CidrBlock { get; init; }

    public required SubnetCidrBlockState Ipv6CidrBlockState { get; init; }

    public string Ipv6AddressAttribute { get; init; } = "public";

    public string IpSource { get; init; } = "amazon";

    public static SubnetIpv6CidrBlockAssociation Of(SubnetIpv6Block block, string state = "associated") =>
        new()
        {
            AssociationId = block.AssociationId,
            Ipv6CidrBlock = block.Cidr.ToString(),
            Ipv6CidrBlockState = new SubnetCidrBlockState { State = state },
        };
}

internal sealed record SubnetCidrBlockState
{
    public required string State { get; init; }
}

internal sealed record PrivateDnsNameOptions
{
    public required string HostnameType { get; init; }

    public required bool EnableResourceNameDnsARecord { get; init; }

    public required bool EnableResourceNameDnsAAAARecord { get; init; }
}
