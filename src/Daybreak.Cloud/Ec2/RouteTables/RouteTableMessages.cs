using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.RouteTables;

internal sealed record CreateRouteTableRequest : CreationRequest
{
    public string? VpcId { get; init; }

    /// <summary>Requests with the same token create one table.</summary>
    public string? ClientToken { get; init; }
}

internal sealed record RouteTableRequest : Ec2Request
{
    public string? RouteTableId { get; init; }
}

internal sealed record DescribeRouteTablesRequest : DescribeRequest
{
    internal override PageLimits Limits => new(5, 100);

    [WireName("RouteTableId")]
    public IReadOnlyList<string>? RouteTableIds { get; init; }
}

internal sealed record AssociateRouteTableRequest : Ec2Request
{
    public string? RouteTableId { get; init; }

    public string? SubnetId { get; init; }

    [NotImplemented]
    public string? GatewayId { get; init; }
}

internal sealed record ReplaceRouteTableAssociationRequest : Ec2Request
{
    public string? AssociationId { get; init; }

    public string? RouteTableId { get; init; }
}

internal sealed record DisassociateRouteTableRequest : Ec2Request
{
    public string? AssociationId { get; init; }
}

internal sealed record CreateRouteTableResponse
{
    public required RouteTableDescription RouteTable { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record DescribeRouteTablesResponse
{
    public required IReadOnlyList<RouteTableDescription> RouteTableSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record AssociateRouteTableResponse
{
    public required string AssociationId { get; init; }

    public AssociationState AssociationState { get; init; } = new();
}

internal sealed record ReplaceRouteTableAssociationResponse
{
    public required string NewAssociationId { get; init; }

    public AssociationState AssociationState { get; init; } = new();
}

internal sealed record AssociationState
{
    public string State { get; init; } = "associated";
}

/// <summary>A route table in responses.</summary>
internal sealed record RouteTableDescription
{
    public required string RouteTableId { get; init; }

    public required string VpcId { get; init; }

    public required string OwnerId { get; init; }

    public required IReadOnlyList<RouteDescription> RouteSet { get; init; }

    public required IReadOnlyList<RouteTableAssociationDescription> AssociationSet { get; init; }

    public IReadOnlyList<string> PropagatingVgwSet { get; init; } = [];

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static RouteTableDescription Of(RouteTable table, Network network) =>
        new()
        {
            RouteTableId = table.Id,
            VpcId = table.VpcId,
            OwnerId = network.AccountId,
            RouteSet = [.. table.Routes.Select(route => RouteDescription.Of(route, table, network))],
            AssociationSet =
            [
                .. table.Associations.Select(association => new RouteTableAssociationDescription
                {
                    RouteTableAssociationId = association.AssociationId,
                    RouteTableId = table.Id,
                    SubnetId = association.SubnetId,
                    Main = association.IsMain,
                }),
            ],
            TagSet = Tag.List(table),
        };
}

internal sealed record RouteTableAssociationDescription
{
    public required string RouteTableAssociationId { get; init; }

    public required string RouteTableId { get; init; }

    public string? SubnetId { get; init; }

    public required bool Main { get; init; }

    public AssociationState AssociationState { get; init; } = new();
}
