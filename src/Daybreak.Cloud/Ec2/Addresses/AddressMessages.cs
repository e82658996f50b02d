using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Addresses;

internal sealed record AllocateAddressRequest : CreationRequest
{
    public string? Domain { get; init; }

    public string? PublicIpv4Pool { get; init; }

    public string? NetworkBorderGroup { get; init; }

    [NotImplemented]
    public string? Address { get; init; }
}

internal sealed record ReleaseAddressRequest : Ec2Request
{
    public string? AllocationId { get; init; }

    public string? PublicIp { get; init; }

    public string? NetworkBorderGroup { get; init; }
}

internal sealed record AssociateAddressRequest : Ec2Request
{
    public string? AllocationId { get; init; }

    public string? InstanceId { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? PrivateIpAddress { get; init; }

    public bool? AllowReassociation { get; init; }
}

internal sealed record DisassociateAddressRequest : Ec2Request
{
    public string? AssociationId { get; init; }

    public string? PublicIp { get; init; }
}

internal sealed record DescribeAddressesRequest : Ec2Request
{
    [WireName("AllocationId")]
    public IReadOnlyList<string>? AllocationIds { get; init; }

    [WireName("PublicIp")]
    public IReadOnlyList<string>? PublicIps { get; init; }

    [WireName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }
}

internal sealed record DescribeAddressesAttributeRequest : DescribeRequest
{
    internal override PageLimits Limits => new(1, 1000);

    [WireName("AllocationId")]
    public IReadOnlyList<string>? AllocationIds { get; init; }

    public string? Attribute { get; init; }
}

internal sealed record AllocateAddressResponse
{
    public required string AllocationId { get; init; }

    public string PublicIpv4Pool { get; init; } = "amazon";

    public required string NetworkBorderGroup { get; init; }

    public string Domain { get; init; } = "vpc";

    public required string PublicIp { get; init; }
}

internal sealed record AssociateAddressResponse
{
    public bool Return { get; init; } = true;

    public required string AssociationId { get; init; }
}

internal sealed record DescribeAddressesResponse
{
    public required IReadOnlyList<AddressDescription> AddressesSet { get; init; }
}

internal sealed record DescribeAddressesAttributeResponse
{
    /// <summary>Empty, as only addresses with a DNS name have attributes, and no operation here sets one.</summary>
    public IReadOnlyList<string> AddressSet { get; init; } = [];
}

/// <summary>An Elastic IP address in responses.</summary>
internal sealed record AddressDescription
{
    public required string PublicIp { get; init; }

    public required string AllocationId { get; init; }

    public string? AssociationId { get; init; }

    public string Domain { get; init; } = "vpc";

    public string? NetworkInterfaceId { get; init; }

    public string? NetworkInterfaceOwnerId { get; init; }

    public string? PrivateIpAddress { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public string PublicIpv4Pool { get; init; } = "amazon";

    public required string NetworkBorderGroup { get; init; }

    public static AddressDescription Of(ElasticAddress address, Network network) =>
        new()
        {
            PublicIp = address.PublicIp.ToString(),
            AllocationId = address.Id,
            AssociationId = address.Association?.AssociationId,
            NetworkInterfaceId = address.Association?.NetworkInterfaceId,
            NetworkInterfaceOwnerId = address.Association is null ? null : network.AccountId,
            PrivateIpAddress = address.Association?.PrivateIp.ToString(),
            TagSet = Tag.List(address),
            NetworkBorderGroup = network.Region,
        };
}
