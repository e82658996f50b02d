using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.RouteTables;

/// <summary>Route tables and their associations. Pure functions of a request and a network.</summary>
internal static class RouteTableOperations
{
    private static readonly Filters<RouteTable> Filters = new(Resource.TagValue)
    {
        { "route-table-id", table => table.Id },
        { "vpc-id", table => table.VpcId },
        { "association.main", table => table.Associations.Select(association => association.IsMain ? "true" : "false") },
        { "association.subnet-id", table => table.Associations.Select(association => association.SubnetId) },
        { "association.gateway-id", _ => [] },
        { "association.route-table-id", table => table.Associations.IsEmpty ? null : table.Id },
        { "association.route-table-association-id", table => table.Associations.Select(association => association.AssociationId) },
        { "route.destination-cidr-block", (table, network) => Routes(table, network, route => route.DestinationCidrBlock) },
        { "route.destination-ipv6-cidr-block", (table, network) => Routes(table, network, route => route.DestinationIpv6CidrBlock) },
        { "route.destination-prefix-list-id", (table, network) => Routes(table, network, route => route.DestinationPrefixListId) },
        { "route.gateway-id", (table, network) => Routes(table, network, route => route.GatewayId) },
        { "route.nat-gateway-id", (table, network) => Routes(table, network, route => route.NatGatewayId) },
        { "route.origin", (table, network) => Routes(table, network, route => route.Origin) },
        { "route.state", (table, network) => Routes(table, network, route => route.State) },
        { "route.egress-only-internet-gateway-id", (table, network) => Routes(table, network, route => route.EgressOnlyInternetGatewayId) },
        { "route.instance-id", _ => [] },
        { "route.transit-gateway-id", _ => [] },
        { "route.vpc-peering-connection-id", (table, network) => Routes(table, network, route => route.VpcPeeringConnectionId) },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", table => table.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<AssociateRouteTableRequest, AssociateRouteTableResponse>(state, "AssociateRouteTable", Associate)
            {
                Names = [("route-table", static (r, _) => [r.RouteTableId]), ("subnet", static (r, _) => [r.SubnetId])],
            },
            new Ec2Operation<CreateRouteTableRequest, CreateRouteTableResponse>(state, "CreateRouteTable", Create)
            {
                Makes = "route-table",
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<RouteTableRequest, Done>(state, "DeleteRouteTable", Delete)
            {
                Names = [("route-table", static (r, _) => [r.RouteTableId])],
            },
            new Ec2Operation<DescribeRouteTablesRequest, DescribeRouteTablesResponse>(state, "DescribeRouteTables", Describe),
            new Ec2Operation<DisassociateRouteTableRequest, Done>(state, "DisassociateRouteTable", Disassociate)
            {
                Names = [("route-table", static (r, n) => [WithAssociation(r.AssociationId, n)?.Id])],
            },
            new Ec2Operation<ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResponse>(
                state,
                "ReplaceRouteTableAssociation",
                ReplaceAssociation
            )
            {
                Names = [("route-table", static (r, _) => [r.RouteTableId]), ("subnet", static (r, n) => [SubnetOf(r.AssociationId, n)])],
            },
        ];

    public static Change<CreateRouteTableResponse> Create(CreateRouteTableRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var tags = TagSpecification.For(request, "route-table");
        if (
            ClientTokens.Earlier(
                network.RouteTables.All,
                request.ClientToken,
                table => table.ClientToken,
                table => table.VpcId == vpc.Id
            ) is
            { } earlier
        )
            return Change.To(network, Response(earlier, network, request.ClientToken));
        var table = new RouteTable
        {
            Id = ResourceKind.RouteTable.NewId(),
            VpcId = vpc.Id,
            Routes = [.. vpc.CidrBlocks.Concat(vpc.Ipv6CidrBlocks).Select(block => DefaultNetwork.LocalRoute(block.Cidr))],
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        return Change.To(network with { RouteTables = network.RouteTables.With(table) }, Response(table, network, request.ClientToken));
    }

    public static DescribeRouteTablesResponse Describe(DescribeRouteTablesRequest request, Network network)
    {
        var page = Page.Of(request, network, network.RouteTables, ResourceKind.RouteTable, request.RouteTableIds, Filters);
        return new DescribeRouteTablesResponse
        {
            RouteTableSet = page.Select(table => RouteTableDescription.Of(table, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Delete(RouteTableRequest request, Network network)
    {
        var table = ResourceKind.RouteTable.Find(network.RouteTables, request.RouteTableId);
        if (!table.Associations.IsEmpty)
            throw Ec2Errors.HasDependencies("routeTable", table.Id);
        var endpoints = network
            .VpcEndpoints.All.Where(endpoint => endpoint.RouteTableIds.Contains(table.Id))
            .Select(endpoint => endpoint with { RouteTableIds = endpoint.RouteTableIds.Remove(table.Id) });
        return Change.To(
            network with
            {
                RouteTables = network.RouteTables.Without(table.Id),
                VpcEndpoints = network.VpcEndpoints.With(endpoints),
            }
        );
    }

    public static Change<AssociateRouteTableResponse> Associate(AssociateRouteTableRequest request, Network network)
    {
        var table = ResourceKind.RouteTable.Find(network.RouteTables, request.RouteTableId);
        var subnet = ResourceKind.Subnet.Find(network.Subnets, request.SubnetId);
        if (table.VpcId != subnet.VpcId)
            throw DifferentNetworks(table, subnet);
        if (
            network
                .RouteTables.All.SelectMany(other => other.Associations, (other, association) => (other.Id, association))
                .FirstOrDefault(found => found.association.SubnetId == subnet.Id) is
            (not null, _) existing
        )
        {
            return existing.Id == table.Id
                ? Change.To(network, new AssociateRouteTableResponse { AssociationId = existing.association.AssociationId })
                : throw AwsException.Sender(
                    "Resource.AlreadyAssociated",
                    $"the specified association for route table {table.Id} conflicts with an existing association"
                );
        }
        var association = new RouteTableAssociation(Ec2Id.New("rtbassoc"), subnet.Id);
        var after = network with
        {
            RouteTables = network.RouteTables.With(table with { Associations = table.Associations.Add(association) }),
        };
        return Change.To(after, new AssociateRouteTableResponse { AssociationId = association.AssociationId });
    }

    public static Change<ReplaceRouteTableAssociationResponse> ReplaceAssociation(
        ReplaceRouteTableAssociationRequest request,
        Network network
    )
    {
        var (before, association) = Find(request.AssociationId, network);
        var table = ResourceKind.RouteTable.Find(network.RouteTables, request.RouteTableId);
        if (table.VpcId != before.VpcId)
        {
            throw association.SubnetId is { } id
                ? DifferentNetworks(table, network.Subnets.Find(id)!)
                : Ec2Errors.InvalidValue($"route table {table.Id} and network {before.VpcId} belong to different networks");
        }
        var replacement = association with { AssociationId = Ec2Id.New("rtbassoc") };
        var tables = network.RouteTables.With(before with { Associations = before.Associations.Remove(association) });
        table = tables.Find(table.Id)!;
        return Change.To(
            network with
            {
                RouteTables = tables.With(table with { Associations = table.Associations.Add(replacement) }),
            },
            new ReplaceRouteTableAssociationResponse { NewAssociationId = replacement.AssociationId }
        );
    }

    public static Change<Done> Disassociate(DisassociateRouteTableRequest request, Network network)
    {
        var (table, association) = Find(request.AssociationId, network);
        if (association.IsMain)
            throw Ec2Errors.InvalidValue($"cannot disassociate the main route table association {association.AssociationId}");
        return Change.To(
            network with
            {
                RouteTables = network.RouteTables.With(table with { Associations = table.Associations.Remove(association) }),
            }
        );
    }

    public static RouteTable? WithAssociation(string? id, Network network) =>
        string.IsNullOrEmpty(id)
            ? null
            : network.RouteTables.All.FirstOrDefault(table => table.Associations.Any(association => association.AssociationId == id));

    /// <summary>The subnet of an association; null for that of a main table.</summary>
    public static string? SubnetOf(string? associationId, Network network) =>
        WithAssociation(associationId, network)?.Associations.First(association => association.AssociationId == associationId).SubnetId;

    private static (RouteTable Table, RouteTableAssociation Association) Find(string? associationId, Network network)
    {
        if (string.IsNullOrEmpty(associationId))
            throw Ec2Errors.Missing("associationId");
        var table = WithAssociation(associationId, network) ?? throw Ec2Errors.AssociationNotFound(associationId);
        return (table, table.Associations.First(association => association.AssociationId == associationId));
    }

    private static AwsException DifferentNetworks(RouteTable table, Subnet subnet) =>
        Ec2Errors.InvalidValue($"route table {table.Id} and subnet {subnet.Id} belong to different networks");

    private static CreateRouteTableResponse Response(RouteTable table, Network network, string? token) =>
        new() { RouteTable = RouteTableDescription.Of(table, network), ClientToken = token };

    private static IEnumerable<string?> Routes(RouteTable table, Network network, Func<RouteDescription, string?> member) =>
        table.Routes.Select(route => member(RouteDescription.Of(route, table, network)));
}
