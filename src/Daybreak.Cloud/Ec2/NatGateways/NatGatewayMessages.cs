using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.NatGateways;

internal sealed record CreateNatGatewayRequest : CreationRequest
{
    public string? SubnetId { get; init; }

    public string? AllocationId { get; init; }

    /// <summary><c>public</c> (the default) or <c>private</c>.</summary>
    public string? ConnectivityType { get; init; }

    public string? PrivateIpAddress { get; init; }

    /// <summary>Only <c>zonal</c> is implemented.</summary>
    public string? AvailabilityMode { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record NatGatewayRequest : Ec2Request
{
    public string? NatGatewayId { get; init; }
}

internal sealed record DescribeNatGatewaysRequest : DescribeRequest
{
    [WireName("NatGatewayId")]
    public IReadOnlyList<string>? NatGatewayIds { get; init; }
}

internal sealed record CreateNatGatewayResponse
{
    public required NatGatewayDescription NatGateway { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record DeleteNatGatewayResponse
{
    public required string NatGatewayId { get; init; }
}

internal sealed record DescribeNatGatewaysResponse
{
    public required IReadOnlyList<NatGatewayDescription> NatGatewaySet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A NAT gateway in responses.</summary>
internal sealed record NatGatewayDescription
{
    public required string NatGatewayId { get; init; }

    public required string State { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    public DateTimeOffset? DeleteTime { get; init; }

    public required string ConnectivityType { get; init; }

    public string AvailabilityMode { get; init; } = "zonal";

    public required IReadOnlyList<NatGatewayAddressDescription> NatGatewayAddressSet { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static NatGatewayDescription Of(NatGateway gateway, string? state = null) =>
        new()
        {
            NatGatewayId = gateway.Id,
            State = state ?? StateOf(gateway),
            FailureCode = state is null ? gateway.Failure?.Code : null,
            FailureMessage = state is null ? gateway.Failure?.Message : null,
            SubnetId = gateway.SubnetId,
            VpcId = gateway.VpcId,
            CreateTime = gateway.CreateTime,
            DeleteTime = state is null ? gateway.DeleteTime : null,
            ConnectivityType = gateway.IsPublic ? "public" : "private",
            NatGatewayAddressSet =
            [
                .. gateway.Addresses.Select(address => new NatGatewayAddressDescription
                {
                    AllocationId = address.AllocationId,
                    AssociationId = address.AssociationId,
                    NetworkInterfaceId = address.NetworkInterfaceId,
                    PrivateIp = address.PrivateIp.ToString(),
                    PublicIp = address.PublicIp?.ToString(),
                }),
            ],
            TagSet = Tag.List(gateway),
        };

    public static string StateOf(NatGateway gateway) =>
        gateway.Failure is not null ? "failed"
        : gateway.DeleteTime is null ? "available"
        : "deleted";
}

internal sealed record NatGatewayAddressDescription
{
    public string? AllocationId { get; init; }

    public string? AssociationId { get; init; }

    public required string NetworkInterfaceId { get; init; }

    public required string PrivateIp { get; init; }

    public string? PublicIp { get; init; }

    public bool IsPrimary { get; init; } = true;

    public string Status { get; init; } = "succeeded";
}
