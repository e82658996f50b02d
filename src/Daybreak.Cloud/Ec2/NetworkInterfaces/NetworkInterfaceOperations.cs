using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

/// <summary>Network interfaces. Pure functions of a request and a network.</summary>
internal static class NetworkInterfaceOperations
{
    private const int MostIpv6Addresses = 64;

    private static readonly Filters<NetworkInterface> Filters = new(Resource.TagValue)
    {
        { "network-interface-id", one => one.Id },
        { "subnet-id", one => one.SubnetId },
        { "vpc-id", one => one.VpcId },
        { "group-id", one => one.GroupIds },
        // This filter is in older versions of the API Reference.
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
        { "availability-zone-id", (one, network) => [Zone.IdOf(network.Region, network.Subnets.Find(one.SubnetId)!.AvailabilityZone)] },
        { "attachment.attachment-id", one => one.Attachment?.AttachmentId },
        { "attachment.instance-id", _ => [] },
        { "attachment.instance-owner-id", one => one.Attachment is null ? null : one.Use.Requester() },
        { "attachment.status", one => one.Attachment is null ? null : "attached" },
        { "association.allocation-id", (one, network) => [network.ElasticAddressOf(one)?.Id] },
        { "association.association-id", (one, network) => [network.ElasticAddressOf(one)?.Association?.AssociationId] },
        { "association.public-ip", (one, network) => [network.PublicAddressOf(one)?.ToString()] },
        { "addresses.association.public-ip", (one, network) => [network.PublicAddressOf(one)?.ToString()] },
        { "addresses.association.owner-id", (one, network) => [AssociationDescription.Of(one, network, named: false)?.IpOwnerId] },
        { "addresses.primary", _ => true },
        { "association.ip-owner-id", (one, network) => [AssociationDescription.Of(one, network, named: false)?.IpOwnerId] },
        { "association.public-dns-name", (one, network) => [NetworkInterfaceDescription.Of(one, network).Association?.PublicDnsName] },
        {
            "attachment.attach-time",
            one => one.Attachment?.AttachTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        },
        { "attachment.delete-on-termination", one => one.Attachment is null ? null : "false" },
        { "attachment.device-index", one => one.Attachment is null ? null : "1" },
        { "operator.managed", _ => false },
        { "operator.principal", _ => [] },
        { "ipv6-addresses.ipv6-address", one => one.Ipv6Addresses.Select(address => address.ToString()) },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", one => one.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateNetworkInterfaceRequest, CreateNetworkInterfaceResponse>(state, "CreateNetworkInterface", Create)
            {
                Makes = "network-interface",
                Names = [("subnet", static (r, _) => [r.SubnetId]), ("security-group", static (r, _) => r.SecurityGroupIds ?? [])],
            },
            new Ec2Operation<NetworkInterfaceRequest, Done>(state, "DeleteNetworkInterface", Delete)
            {
                Names = [("network-interface", static (r, _) => [r.NetworkInterfaceId])],
            },
            new Ec2Operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse>(
                state,
                "DescribeNetworkInterfaces",
                Describe
            ),
            new Ec2Operation<DetachNetworkInterfaceRequest, Done>(state, "DetachNetworkInterface", Detach)
            {
                Names = [("network-interface", static (r, n) => [WithAttachment(r.AttachmentId, n)?.Id])],
            },
            new Ec2Operation<ModifyNetworkInterfaceAttributeRequest, Done>(state, "ModifyNetworkInterfaceAttribute", ModifyAttribute)
            {
                Names =
                [
                    ("network-interface", static (r, _) => [r.NetworkInterfaceId]),
                    ("security-group", static (r, _) => r.SecurityGroupIds ?? []),
                ],
            },
        ];

    public static Change<CreateNetworkInterfaceResponse> Create(CreateNetworkInterfaceRequest request, Network network)
    {
        var subnet = ResourceKind.Subnet.Find(network.Subnets, request.SubnetId);
        var groups = NewInterface.Groups(request.SecurityGroupIds, subnet.VpcId, network);
        var tags = TagSpecification.For(request, "network-interface");
        if (
            ClientTokens.Earlier(
                network.NetworkInterfaces.All,
                request.ClientToken,
                one => one.ClientToken,
                one => one.SubnetId == subnet.Id
            ) is
            { } earlier
        )
            return Change.To(network, Response(earlier, network, request));
        var ipv6 = Ipv6Of(request, subnet, network);
        var made = new NetworkInterface
        {
            Id = ResourceKind.NetworkInterface.NewId(),
            SubnetId = subnet.Id,
            VpcId = subnet.VpcId,
            PrivateIp = string.IsNullOrEmpty(request.PrivateIpAddress)
                ? SubnetAddresses.Take(subnet, network)
                : SubnetAddresses.Take(request.PrivateIpAddress, subnet, network),
            Ipv6Addresses = ipv6,
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
        var page = Page.Of(
            request,
            network,
            network.NetworkInterfaces,
            ResourceKind.NetworkInterface,
            request.NetworkInterfaceIds,
            Filters
        );
        return new DescribeNetworkInterfacesResponse
        {
            NetworkInterfaceSet = page.Select(one => NetworkInterfaceDescription.Of(one, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Delete(NetworkInterfaceRequest request, Network network)
    {
        var one = ResourceKind.NetworkInterface.Find(network.NetworkInterfaces, request.NetworkInterfaceId);
        return one.Attachment is null
            ? Change.To(Without(one, network))
            : throw Ec2Errors.InvalidValue($"Network interface '{one.Id}' is currently in use.");
    }

    public static Change<Done> Detach(DetachNetworkInterfaceRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.AttachmentId))
            throw Ec2Errors.Missing("attachmentId");
        // Users may change attachments to instances only, and there are no instances here.
        throw WithAttachment(request.AttachmentId, network) is not null
            ? Ec2Errors.NotPermitted("You are not allowed to manage 'ela-attach' attachments.")
            : ResourceKind.InterfaceAttachment.Unknown(request.AttachmentId);
    }

    public static Change<Done> ModifyAttribute(ModifyNetworkInterfaceAttributeRequest request, Network network)
    {
        var one = ResourceKind.NetworkInterface.Find(network.NetworkInterfaces, request.NetworkInterfaceId);
        if (one.IsRequesterManaged)
            throw Ec2Errors.NotYours();
        object?[] asked =
        [
            request.Description?.Value,
            request.SourceDestCheck?.Value,
            request.SecurityGroupIds is { Count: > 0 } ? request.SecurityGroupIds : null,
        ];
        if (asked.Count(static value => value is not null) != 1)
            throw Ec2Errors.InvalidCombination("Exactly one attribute must be specified in a request");
        return Change.To(
            network with
            {
                NetworkInterfaces = network.NetworkInterfaces.With(
                    one with
                    {
                        Description = request.Description?.Value ?? one.Description,
                        SourceDestCheck = request.SourceDestCheck?.Value ?? one.SourceDestCheck,
                        GroupIds = request.SecurityGroupIds is { Count: > 0 } groups
                            ? NewInterface.Groups(groups, one.VpcId, network)
                            : one.GroupIds,
                    }
                ),
            }
        );
    }

    private static ImmutableArray<IPAddress> Ipv6Of(CreateNetworkInterfaceRequest request, Subnet subnet, Network network)
    {
        if (request.Ipv6Addresses is { Count: > 0 } asked)
        {
            return request.Ipv6AddressCount is > 0
                ? throw Ec2Errors.InvalidCombination("The parameter ipv6Addresses cannot be used with the parameter ipv6AddressCount")
                : [.. asked.Select(one => SubnetIpv6.Take(one.Ipv6Address, subnet, network)).Distinct()];
        }
        var count = request.Ipv6AddressCount ?? (subnet.AssignIpv6AddressOnCreation ? 1 : 0);
        return count is < 0 or > MostIpv6Addresses
            ? throw Ec2Errors.InvalidValue("ipv6AddressCount", count)
            : [.. Enumerable.Range(0, count).Select(_ => SubnetIpv6.Take(subnet, network))];
    }

    public static NetworkInterface? WithAttachment(string? id, Network network) =>
        string.IsNullOrEmpty(id) ? null : network.NetworkInterfaces.All.FirstOrDefault(one => one.Attachment?.AttachmentId == id);

    /// <summary>Removes an interface. The account keeps its Elastic IP address.</summary>
    public static Network Without(NetworkInterface one, Network network) =>
        network with
        {
            NetworkInterfaces = network.NetworkInterfaces.Without(one.Id),
            Addresses = network.ElasticAddressOf(one) is { } address
                ? network.Addresses.With(address with { Association = null })
                : network.Addresses,
        };

    private static CreateNetworkInterfaceResponse Response(NetworkInterface one, Network network, CreateNetworkInterfaceRequest request) =>
        new() { NetworkInterface = NetworkInterfaceDescription.Of(one, network, "pending"), ClientToken = request.ClientToken };
}
