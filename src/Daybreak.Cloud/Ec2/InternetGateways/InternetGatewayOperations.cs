using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.InternetGateways;

/// <summary>Internet gateways. Pure functions of a request and a network.</summary>
internal static class InternetGatewayOperations
{
    private static readonly Filters<InternetGateway> Filters = new(Resource.TagValue)
    {
        { "internet-gateway-id", gateway => gateway.Id },
        { "attachment.vpc-id", gateway => gateway.VpcId },
        { "attachment.state", gateway => gateway.VpcId is null ? null : "available" },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", gateway => gateway.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<InternetGatewayAttachmentRequest, Done>(state, "AttachInternetGateway", Attach)
            {
                Names = [("internet-gateway", static (r, _) => [r.InternetGatewayId]), ("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<CreateInternetGatewayRequest, InternetGatewayResponse>(state, "CreateInternetGateway", Create)
            {
                Makes = "internet-gateway",
            },
            new Ec2Operation<InternetGatewayRequest, Done>(state, "DeleteInternetGateway", Delete)
            {
                Names = [("internet-gateway", static (r, _) => [r.InternetGatewayId])],
            },
            new Ec2Operation<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResponse>(
                state,
                "DescribeInternetGateways",
                Describe
            ),
            new Ec2Operation<InternetGatewayAttachmentRequest, Done>(state, "DetachInternetGateway", Detach)
            {
                Names = [("internet-gateway", static (r, _) => [r.InternetGatewayId]), ("vpc", static (r, _) => [r.VpcId])],
            },
        ];

    public static Change<InternetGatewayResponse> Create(CreateInternetGatewayRequest request, Network network)
    {
        var gateway = new InternetGateway
        {
            Id = ResourceKind.InternetGateway.NewId(),
            Tags = TagSpecification.For(request, "internet-gateway"),
        };
        return Change.To(
            network with
            {
                InternetGateways = network.InternetGateways.With(gateway),
            },
            new InternetGatewayResponse { InternetGateway = InternetGatewayDescription.Of(gateway, network) }
        );
    }

    public static DescribeInternetGatewaysResponse Describe(DescribeInternetGatewaysRequest request, Network network)
    {
        var page = Page.Of(request, network, network.InternetGateways, ResourceKind.InternetGateway, request.InternetGatewayIds, Filters);
        return new DescribeInternetGatewaysResponse
        {
            InternetGatewaySet = page.Select(gateway => InternetGatewayDescription.Of(gateway, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Attach(InternetGatewayAttachmentRequest request, Network network)
    {
        var gateway = ResourceKind.InternetGateway.Find(network.InternetGateways, request.InternetGatewayId);
        var vpc = ResourceKind.VpcOfGateway.Find(network.Vpcs, request.VpcId);
        if (gateway.VpcId is not null)
            throw Ec2Errors.AlreadyAttached(gateway.Id, gateway.VpcId);
        if (network.InternetGateways.All.Any(other => other.VpcId == vpc.Id))
            throw Ec2Errors.VpcHasGateway(vpc.Id);
        return Change.To(network with { InternetGateways = network.InternetGateways.With(gateway with { VpcId = vpc.Id }) });
    }

    public static Change<Done> Detach(InternetGatewayAttachmentRequest request, Network network)
    {
        var gateway = ResourceKind.InternetGateway.Find(network.InternetGateways, request.InternetGatewayId);
        var vpc = ResourceKind.VpcOfGateway.Find(network.Vpcs, request.VpcId);
        if (gateway.VpcId != vpc.Id)
            throw Ec2Errors.NotAttached(gateway.Id, vpc.Id);
        if (network.NetworkInterfaces.All.Any(one => one.VpcId == vpc.Id && network.PublicAddressOf(one) is not null))
            throw Ec2Errors.MappedAddresses(vpc.Id);
        return Change.To(network with { InternetGateways = network.InternetGateways.With(gateway with { VpcId = null }) });
    }

    public static Change<Done> Delete(InternetGatewayRequest request, Network network)
    {
        var gateway = ResourceKind.InternetGateway.Find(network.InternetGateways, request.InternetGatewayId);
        return gateway.VpcId is null
            ? Change.To(network with { InternetGateways = network.InternetGateways.Without(gateway.Id) })
            : throw Ec2Errors.HasDependencies("internetGateway", gateway.Id);
    }
}
