using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;

namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

/// <summary>Network interfaces. Pure: what a request makes of a network, or reads from it.</summary>
internal static class NetworkInterfaceOperations
{
    private static readonly Filters<NetworkInterface> filters = new()
    {
        { "network-interface-id", one => one.Id },
        { "subnet-id", one => one.SubnetId },
        { "vpc-id", one => one.VpcId },
        { "group-id", one => one.GroupIds },
        { "group-name", (one, network) => one.GroupIds.Select(id => network.SecurityGroups.Find(id)?.GroupName) },
        { "description", one => one.Description },
        { "interface-type", one => one.Use.TypeName() },
        { "status", one => one.Attachment is null ? "available" : "in-use" },
        { "mac-address", one => one.MacAddress },
        { "private-ip-address", one => one.PrivateIp.ToString() },
        { "addresses.private-ip-address", one => one.PrivateIp.ToString() },
        { "private-dns-name", (one, network) => [NetworkInterfaceDescription.Of(one, network).PrivateDnsName] },
        { "requester-id", one => one.Use.Requester() },
        { "requester-managed", one => one.IsRequesterManaged },
        { "source-dest-check", one => one.SourceDestCheck },
        { "availability-zone", (one, network) => [network.Subnets.Find(one.SubnetId)?.AvailabilityZone] },
        { "attachment.attachment-id", one => one.Attachment?.AttachmentId },
        { "attachment.instance-id", _ => [] },
        { "attachment.instance-owner-id", one => one.Attachment is null ? null : one.Use.Requester() },
        { "attachment.status", one => one.Attachment is null ? null : "attached" },
        { "association.allocation-id", (one, network) => [network.ElasticAddressOf(one)?.Id] },
        { "association.association-id", (one, network) => [network.ElasticAddressOf(one)?.Association?.AssociationId] },
        { "association.public-ip", (one, network) => [network.PublicAddressOf(one)?.ToString()] },
        { "addresses.association.public-ip", (one, network) => [network.PublicAddressOf(one)?.ToString()] },
        { "ipv6-addresses.ipv6-address", _ => [] },
    };

    public static Change<CreateNetworkInterfaceResponse> Create(CreateNetworkInterfaceRequest request, Network network)
    {
        var subnet = ResourceKind.Subnet.Find(network.Subnets, request.SubnetId);
        var groups = NewInterface.Groups(request.SecurityGroupIds, subnet.VpcId, network);
        var tags = TagSpecification.For(request, "network-interface");
        if (ClientTokens.Earlier(network.NetworkInterfaces.All, request.ClientToken, one => one.ClientToken, one => one.SubnetId == subnet.Id) is { } earlier)
            return Change.To(network, Response(earlier, network, request));
        var made = new NetworkInterface
        {
            Id = ResourceKind.NetworkInterface.NewId(),
            SubnetId = subnet.Id,
            VpcId = subnet.VpcId,
            PrivateIp = string.IsNullOrEmpty(request.PrivateIpAddress)
                ? SubnetAddresses.Take(subnet, network)
                : SubnetAddresses.Take(request.PrivateIpAddress, subnet, network),
            GroupIds = groups,
            Description = request.Description ?? "",
            Use = InterfaceUse.Customer,
            MacAddress = NewInterface.Mac(),
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        var after = network with { NetworkInterfaces = network.NetworkInterfaces.With(made) };
        return Change.To(after, Response(made, after, request));
    }

    public static DescribeNetworkInterfacesResponse Describe(DescribeNetworkInterfacesRequest request, Network network)
    {
        var page = Page.Of(request, network, network.NetworkInterfaces, ResourceKind.NetworkInterface, request.NetworkInterfaceIds, filters);
        return new DescribeNetworkInterfacesResponse
        {
            NetworkInterfaceSet = page.Select(one => NetworkInterfaceDescription.Of(one, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Delete(NetworkInterfaceRequest request, Network network)
    {
        var one = ResourceKind.NetworkInterface.Find(network.NetworkInterfaces, request.NetworkInterfaceId);
        return one.Attachment is null ? Change.To(Without(one, network)) : throw Ec2Errors.InvalidValue($"Network interface '{one.Id}' is currently in use.");
    }

    public static Change<Done> Detach(DetachNetworkInterfaceRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.AttachmentId))
            throw Ec2Errors.Missing("attachmentId");
        // Instances, whose attachments users manage, are not here.
        throw network.NetworkInterfaces.All.Any(one => one.Attachment?.AttachmentId == request.AttachmentId)
            ? Ec2Errors.NotPermitted("You are not allowed to manage 'ela-attach' attachments.")
            : Aws.AwsException.Sender("InvalidAttachmentID.NotFound", $"The interface attachment ID '{request.AttachmentId}' does not exist");
    }

    public static Change<Done> ModifyAttribute(ModifyNetworkInterfaceAttributeRequest request, Network network)
    {
        var one = ResourceKind.NetworkInterface.Find(network.NetworkInterfaces, request.NetworkInterfaceId);
        if (one.IsRequesterManaged)
            throw Ec2Errors.NotYours();
        object?[] asked = [request.Description?.Value, request.SourceDestCheck?.Value, request.SecurityGroupIds is { Count: > 0 } ? request.SecurityGroupIds : null];
        if (asked.Count(static value => value is not null) != 1)
            throw Ec2Errors.InvalidCombination("Exactly one attribute must be specified in a request");
        return Change.To(network with
        {
            NetworkInterfaces = network.NetworkInterfaces.With(one with
            {
                Description = request.Description?.Value ?? one.Description,
                SourceDestCheck = request.SourceDestCheck?.Value ?? one.SourceDestCheck,
                GroupIds = request.SecurityGroupIds is { Count: > 0 } groups ? NewInterface.Groups(groups, one.VpcId, network) : one.GroupIds,
            }),
        });
    }

    /// <summary>Takes interfaces away; their Elastic IP addresses stay with the account.</summary>
    public static Network Without(NetworkInterface one, Network network) => network with
    {
        NetworkInterfaces = network.NetworkInterfaces.Without(one.Id),
        Addresses = network.ElasticAddressOf(one) is { } address ? network.Addresses.With(address with { Association = null }) : network.Addresses,
    };

    private static CreateNetworkInterfaceResponse Response(NetworkInterface one, Network network, CreateNetworkInterfaceRequest request) =>
        new() { NetworkInterface = NetworkInterfaceDescription.Of(one, network, "pending"), ClientToken = request.ClientToken };
}
