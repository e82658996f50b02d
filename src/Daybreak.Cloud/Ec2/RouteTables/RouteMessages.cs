using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;

namespace Daybreak.Cloud.Ec2.RouteTables;

/// <summary>A request for a route: the table and the destination.</summary>
internal abstract record DestinationRequest : Ec2Request
{
    public string? RouteTableId { get; init; }

    public string? DestinationCidrBlock { get; init; }

    public string? DestinationIpv6CidrBlock { get; init; }

    public string? DestinationPrefixListId { get; init; }
}

/// <summary>A request of CreateRoute or ReplaceRoute, which also has a target.</summary>
internal sealed record RouteRequest : DestinationRequest
{
    public string? GatewayId { get; init; }

    public string? EgressOnlyInternetGatewayId { get; init; }

    public string? NatGatewayId { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? VpcPeeringConnectionId { get; init; }
}

internal sealed record DeleteRouteRequest : DestinationRequest;

/// <summary>A route in responses.</summary>
internal sealed record RouteDescription
{
    public string? DestinationCidrBlock { get; init; }

    public string? DestinationIpv6CidrBlock { get; init; }

    public string? DestinationPrefixListId { get; init; }

    public string? GatewayId { get; init; }

    public string? EgressOnlyInternetGatewayId { get; init; }

    public string? NatGatewayId { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? VpcPeeringConnectionId { get; init; }

    public required string State { get; init; }

    public required string Origin { get; init; }

    public static RouteDescription Of(Route route, RouteTable table, Network network)
    {
        var cidr = (route.Destination as CidrDestination)?.Cidr;
        var (kind, id) = route.Target;
        return new()
        {
            DestinationCidrBlock = cidr is { IsIpv6: false } v4 ? v4.ToString() : null,
            DestinationIpv6CidrBlock = cidr is { IsIpv6: true } v6 ? v6.ToString() : null,
            DestinationPrefixListId = (route.Destination as PrefixListDestination)?.PrefixListId,
            GatewayId = kind is RouteTargetKind.Local or RouteTargetKind.InternetGateway or RouteTargetKind.GatewayEndpoint ? id : null,
            EgressOnlyInternetGatewayId = kind == RouteTargetKind.EgressOnlyGateway ? id : null,
            NatGatewayId = kind == RouteTargetKind.NatGateway ? id : null,
            NetworkInterfaceId = kind == RouteTargetKind.NetworkInterface ? id : null,
            VpcPeeringConnectionId = kind == RouteTargetKind.PeeringConnection ? id : null,
            State = network.StateOf(route, table.VpcId) == RouteState.Active ? "active" : "blackhole",
            Origin = route.IsFromTable ? "CreateRouteTable" : "CreateRoute",
        };
    }
}
