using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.EgressOnlyGateways;

/// <summary>Egress-only internet gateways. Pure functions of a request and a network.</summary>
internal static class EgressOnlyGatewayOperations
{
    // The API Reference has filters for tags only.
    private static readonly Filters<EgressOnlyGateway> Filters = new(Resource.TagValue) { { "tag-key", gateway => gateway.Tags.Keys } };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateEgressOnlyGatewayRequest, CreateEgressOnlyGatewayResponse>(
                state,
                "CreateEgressOnlyInternetGateway",
                Create
            )
            {
                Makes = "egress-only-internet-gateway",
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<EgressOnlyGatewayRequest, DeleteEgressOnlyGatewayResponse>(state, "DeleteEgressOnlyInternetGateway", Delete)
            {
                Names = [("egress-only-internet-gateway", static (r, _) => [r.EgressOnlyInternetGatewayId])],
            },
            new Ec2Operation<DescribeEgressOnlyGatewaysRequest, DescribeEgressOnlyGatewaysResponse>(
                state,
                "DescribeEgressOnlyInternetGateways",
                Describe
            ),
        ];

    public static Change<CreateEgressOnlyGatewayResponse> Create(CreateEgressOnlyGatewayRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var tags = TagSpecification.For(request, "egress-only-internet-gateway");
        if (
            ClientTokens.Earlier(network.EgressOnlyGateways.All, request.ClientToken, one => one.ClientToken, one => one.VpcId == vpc.Id) is
            { } earlier
        )
            return Change.To(network, Response(earlier));
        var gateway = new EgressOnlyGateway
        {
            Id = ResourceKind.EgressOnlyGateway.NewId(),
            VpcId = vpc.Id,
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        return Change.To(network with { EgressOnlyGateways = network.EgressOnlyGateways.With(gateway) }, Response(gateway));
    }

    /// <summary>Unlike other lists, this one leaves out unknown ids; it refuses malformed ones.</summary>
    public static DescribeEgressOnlyGatewaysResponse Describe(DescribeEgressOnlyGatewaysRequest request, Network network)
    {
        ResourceKind.EgressOnlyGateway.AreWellFormed(request.EgressOnlyInternetGatewayIds ?? []);
        var asked = request.EgressOnlyInternetGatewayIds is { Count: > 0 } ids
            ? ids.Distinct().Select(network.EgressOnlyGateways.Find).OfType<EgressOnlyGateway>()
            : network.EgressOnlyGateways.All;
        var page = Page.Of(request, network, asked, Filters);
        return new DescribeEgressOnlyGatewaysResponse
        {
            EgressOnlyInternetGatewaySet = page.Select(EgressOnlyGatewayDescription.Of),
            NextToken = page.NextToken,
        };
    }

    public static Change<DeleteEgressOnlyGatewayResponse> Delete(EgressOnlyGatewayRequest request, Network network)
    {
        var gateway = ResourceKind.EgressOnlyGateway.Find(network.EgressOnlyGateways, request.EgressOnlyInternetGatewayId);
        return Change.To(
            network with
            {
                EgressOnlyGateways = network.EgressOnlyGateways.Without(gateway.Id),
            },
            new DeleteEgressOnlyGatewayResponse()
        );
    }

    private static CreateEgressOnlyGatewayResponse Response(EgressOnlyGateway gateway) =>
        new() { EgressOnlyInternetGateway = EgressOnlyGatewayDescription.Of(gateway), ClientToken = gateway.ClientToken };
}
