using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.NatGateways;

/// <summary>NAT gateways: functions of a request and a network.</summary>
internal sealed class NatGatewayOperations(TimeProvider time)
{
    // How long deleted and failed gateways are shown.
    private static readonly TimeSpan ShownAfterwards = TimeSpan.FromHours(1);

    private static readonly Filters<NatGateway> Filters = new(Resource.TagValue)
    {
        { "nat-gateway-id", gateway => gateway.Id },
        { "subnet-id", gateway => gateway.SubnetId },
        { "vpc-id", gateway => gateway.VpcId },
        { "state", gateway => NatGatewayDescription.StateOf(gateway) },
        { "tag-key", gateway => gateway.Tags.Keys },
    };

    public IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateNatGatewayRequest, CreateNatGatewayResponse>(state, "CreateNatGateway", Create)
            {
                Makes = "natgateway",
                Names = [("elastic-ip", static (r, _) => [r.AllocationId]), ("subnet", static (r, _) => [r.SubnetId])],
            },
            new Ec2Operation<NatGatewayRequest, DeleteNatGatewayResponse>(state, "DeleteNatGateway", Delete)
            {
                Names = [("natgateway", static (r, _) => [r.NatGatewayId])],
            },
            new Ec2Operation<DescribeNatGatewaysRequest, DescribeNatGatewaysResponse>(state, "DescribeNatGateways", Describe),
        ];

    public Change<CreateNatGatewayResponse> Create(CreateNatGatewayRequest request, Network network)
    {
        if (request.AvailabilityMode is not (null or "" or "zonal"))
            throw NotImplemented.Of($"NAT gateways of the availability mode {request.AvailabilityMode}");
        var subnet = ResourceKind.SubnetOfNatGateway.Find(network.Subnets, request.SubnetId);
        var isPublic = request.ConnectivityType switch
        {
            null or "" or "public" => true,
            "private" => false,
            var other => throw Ec2Errors.InvalidValue("connectivityType", other),
        };
        var tags = TagSpecification.For(request, "natgateway");
        if (!isPublic && !string.IsNullOrEmpty(request.AllocationId))
            throw Ec2Errors.InvalidCombination("AllocationId cannot be specified for a NAT gateway with private connectivity.");
        if (isPublic && string.IsNullOrEmpty(request.AllocationId))
            throw Ec2Errors.MissingAllocation();
        var address = isPublic ? ResourceKind.AddressOfNatGateway.Find(network.Addresses, request.AllocationId) : null;
        if (
            ClientTokens.Earlier(
                network.NatGateways.All,
                request.ClientToken,
                gateway => gateway.ClientToken,
                gateway => gateway.SubnetId == subnet.Id
            ) is
            { } earlier
        )
            return Change.To(network, Response(earlier, request));
        var now = time.GetUtcNow();
        var gateway = new NatGateway
        {
            Id = ResourceKind.NatGateway.NewId(),
            SubnetId = subnet.Id,
            VpcId = subnet.VpcId,
            IsPublic = isPublic,
            CreateTime = now,
            Addresses = [],
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        // As on AWS, the request succeeds and the gateway shows why it failed.
        if (isPublic && WhyNot(address!, subnet, network) is { } failure)
        {
            gateway = gateway with { Failure = failure, DeleteTime = now };
            return Change.To(network with { NatGateways = Kept(network).With(gateway) }, Response(gateway, request));
        }
        var one = NewInterface.OfService(InterfaceUse.NatGateway, subnet, network, $"Interface for NAT Gateway {gateway.Id}", [], now);
        if (!string.IsNullOrEmpty(request.PrivateIpAddress))
            one = one with { PrivateIp = SubnetAddresses.Take(request.PrivateIpAddress, subnet, network) };
        var association = address is null ? null : new AddressAssociation(Ec2Id.New("eipassoc"), one.Id, one.PrivateIp);
        gateway = gateway with
        {
            Addresses = [new NatGatewayAddress(one.Id, one.PrivateIp, address?.Id, association?.AssociationId, address?.PublicIp)],
        };
        var after = network with
        {
            NatGateways = Kept(network).With(gateway),
            NetworkInterfaces = network.NetworkInterfaces.With(one),
            Addresses = address is null ? network.Addresses : network.Addresses.With(address with { Association = association }),
        };
        return Change.To(after, Response(gateway, request));
    }

    public DescribeNatGatewaysResponse Describe(DescribeNatGatewaysRequest request, Network network)
    {
        var page = Page.Of(request, network, Kept(network), ResourceKind.NatGateway, request.NatGatewayIds, Filters);
        return new DescribeNatGatewaysResponse
        {
            NatGatewaySet = page.Select(gateway => NatGatewayDescription.Of(gateway)),
            NextToken = page.NextToken,
        };
    }

    public Change<DeleteNatGatewayResponse> Delete(NatGatewayRequest request, Network network)
    {
        var gateway = ResourceKind.NatGateway.Find(Kept(network), request.NatGatewayId);
        var response = new DeleteNatGatewayResponse { NatGatewayId = gateway.Id };
        if (gateway.DeleteTime is not null)
            return Change.To(network, response);
        foreach (var address in gateway.Addresses)
            network = NetworkInterfaceOperations.Without(network.NetworkInterfaces.Find(address.NetworkInterfaceId)!, network);
        return Change.To(network with { NatGateways = Kept(network).With(gateway with { DeleteTime = time.GetUtcNow() }) }, response);
    }

    private static NatGatewayFailure? WhyNot(ElasticAddress address, Subnet subnet, Network network) =>
        !network.InternetGateways.All.Any(gateway => gateway.VpcId == subnet.VpcId)
            ? new NatGatewayFailure("Gateway.NotAttached", $"Network {subnet.VpcId} has no Internet gateway attached")
        : address.Association is not null
            ? new NatGatewayFailure("Resource.AlreadyAssociated", $"Elastic IP address [{address.Id}] is already associated")
        : null;

    private static CreateNatGatewayResponse Response(NatGateway gateway, CreateNatGatewayRequest request) =>
        new() { NatGateway = NatGatewayDescription.Of(gateway, "pending"), ClientToken = request.ClientToken };

    private Resources<NatGateway> Kept(Network network)
    {
        var end = time.GetUtcNow() - ShownAfterwards;
        return network.NatGateways.Without(
            network.NatGateways.All.Where(gateway => gateway.DeleteTime < end).Select(gateway => gateway.Id)
        );
    }
}
