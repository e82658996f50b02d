using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Subnets;

internal sealed record CreateSubnetRequest : CreationRequest
{
    public string? VpcId { get; init; }

    public string? CidrBlock { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? AvailabilityZoneId { get; init; }

    [NotImplemented]
    public bool? Ipv6Native { get; init; }
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

    // Asked for as they are anyway.
    [NotImplemented]
    public AttributeBooleanValue? AssignIpv6AddressOnCreation { get; init; }

    [NotImplemented]
    public AttributeBooleanValue? EnableDns64 { get; init; }

    [NotImplemented]
    public AttributeBooleanValue? EnableResourceNameDnsARecordOnLaunch { get; init; }

    [NotImplemented]
    public AttributeBooleanValue? EnableResourceNameDnsAAAARecordOnLaunch { get; init; }

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

/// <summary>A subnet in answers.</summary>
internal sealed record SubnetDescription
{
    public required string SubnetId { get; init; }

    public required string SubnetArn { get; init; }

    public required string State { get; init; }

    public required string OwnerId { get; init; }

    public required string VpcId { get; init; }

    public required string CidrBlock { get; init; }

    public IReadOnlyList<string> Ipv6CidrBlockAssociationSet { get; init; } = [];

    public required long AvailableIpAddressCount { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string AvailabilityZoneId { get; init; }

    public required bool DefaultForAz { get; init; }

    public required bool MapPublicIpOnLaunch { get; init; }

    public bool MapCustomerOwnedIpOnLaunch { get; init; }

    public bool AssignIpv6AddressOnCreation { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public bool EnableDns64 { get; init; }

    public bool Ipv6Native { get; init; }

    public PrivateDnsNameOptions PrivateDnsNameOptionsOnLaunch { get; init; } = new();

    public static SubnetDescription Of(Subnet subnet, Network network) => new()
    {
        SubnetId = subnet.Id,
        SubnetArn = Ec2Arn.Of(network, subnet),
        State = "available",
        OwnerId = network.AccountId,
        VpcId = subnet.VpcId,
        CidrBlock = subnet.CidrBlock.ToString(),
        AvailableIpAddressCount = SubnetAddresses.FreeOf(subnet, network),
        AvailabilityZone = subnet.AvailabilityZone,
        AvailabilityZoneId = Zone.IdOf(network.Region, subnet.AvailabilityZone),
        DefaultForAz = subnet.DefaultForAz,
        MapPublicIpOnLaunch = subnet.MapPublicIpOnLaunch,
        TagSet = Tag.List(subnet),
    };
}

internal sealed record PrivateDnsNameOptions
{
    public string HostnameType { get; init; } = "ip-name";

    public bool EnableResourceNameDnsARecord { get; init; }

    public bool EnableResourceNameDnsAAAARecord { get; init; }
}
