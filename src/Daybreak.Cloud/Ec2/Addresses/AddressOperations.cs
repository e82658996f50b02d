using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Addresses;

/// <summary>Elastic IP addresses. Pure functions of a request and a network.</summary>
internal static class AddressOperations
{
    private static readonly Filters<ElasticAddress> Filters = new(Resource.TagValue)
    {
        { "allocation-id", address => address.Id },
        { "public-ip", address => address.PublicIp.ToString() },
        { "association-id", address => address.Association?.AssociationId },
        { "network-interface-id", address => address.Association?.NetworkInterfaceId },
        { "network-interface-owner-id", (address, network) => [address.Association is null ? null : network.AccountId] },
        { "private-ip-address", address => address.Association?.PrivateIp.ToString() },
        { "network-border-group", (_, network) => [network.Region] },
        { "domain", _ => "vpc" }, // was in the API Reference until EC2-Classic ended; examples of the aws CLI use it
        { "instance-id", _ => [] },
        { "tag-key", address => address.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<AllocateAddressRequest, AllocateAddressResponse>(state, "AllocateAddress", Allocate) { Makes = "elastic-ip" },
            new Ec2Operation<AssociateAddressRequest, AssociateAddressResponse>(state, "AssociateAddress", Associate)
            {
                Names = [("elastic-ip", static (r, _) => [r.AllocationId]), ("network-interface", static (r, _) => [r.NetworkInterfaceId])],
            },
            new Ec2Operation<DescribeAddressesRequest, DescribeAddressesResponse>(state, "DescribeAddresses", Describe),
            new Ec2Operation<DescribeAddressesAttributeRequest, DescribeAddressesAttributeResponse>(
                state,
                "DescribeAddressesAttribute",
                DescribeAttribute
            ),
            new Ec2Operation<DisassociateAddressRequest, Done>(state, "DisassociateAddress", Disassociate)
            {
                Names = [("elastic-ip", static (r, n) => [WithAssociation(r.AssociationId, n)?.Id])],
            },
            new Ec2Operation<ReleaseAddressRequest, Done>(state, "ReleaseAddress", Release)
            {
                Names = [("elastic-ip", static (r, _) => [r.AllocationId])],
            },
        ];

    public static Change<AllocateAddressResponse> Allocate(AllocateAddressRequest request, Network network)
    {
        if (request.Domain == "standard")
            throw NotImplemented.Of("addresses outside a VPC");
        if (request.Domain is not (null or "" or "vpc"))
            throw Ec2Errors.InvalidValue("domain", request.Domain);
        if (request.PublicIpv4Pool is not (null or "" or "amazon"))
        {
            throw request.PublicIpv4Pool.StartsWith("ipv4pool-ec2-", StringComparison.Ordinal)
                ? NotImplemented.Of("address pools of one's own")
                : Ec2Errors.InvalidValue($"invalid value for parameter pool: {request.PublicIpv4Pool}");
        }
        if (request.NetworkBorderGroup is { Length: > 0 } border && border != network.Region)
            throw Ec2Errors.InvalidValue("networkBorderGroup", border);
        var address = new ElasticAddress
        {
            Id = ResourceKind.Address.NewId(),
            PublicIp = PublicAddresses.Take(network),
            Tags = TagSpecification.For(request, "elastic-ip"),
        };
        return Change.To(
            network with
            {
                Addresses = network.Addresses.With(address),
            },
            new AllocateAddressResponse
            {
                AllocationId = address.Id,
                PublicIp = address.PublicIp.ToString(),
                NetworkBorderGroup = network.Region,
            }
        );
    }

    public static DescribeAddressesResponse Describe(DescribeAddressesRequest request, Network network)
    {
        var asked = network.Addresses.All;
        if (request.AllocationIds is { Count: > 0 } || request.PublicIps is { Count: > 0 })
        {
            asked = ResourceKind
                .Address.FindAll(network.Addresses, request.AllocationIds ?? [])
                .Concat(
                    (request.PublicIps ?? []).Select(ip =>
                        network.Addresses.All.FirstOrDefault(address => address.PublicIp.ToString() == ip)
                        ?? throw Ec2Errors.AddressNotFound(ip)
                    )
                )
                .Distinct();
        }
        var shown = Filters.Apply(asked, request.Filters, network).OrderBy(address => address.Id, StringComparer.Ordinal);
        return new DescribeAddressesResponse { AddressesSet = [.. shown.Select(address => AddressDescription.Of(address, network))] };
    }

    public static DescribeAddressesAttributeResponse DescribeAttribute(DescribeAddressesAttributeRequest request, Network network)
    {
        request.Limits.Check(request.MaxResults);
        if (request.Attribute is not (null or "" or "domain-name"))
            throw Ec2Errors.InvalidValue("attribute", request.Attribute);
        ResourceKind.Address.FindAll(network.Addresses, request.AllocationIds ?? []);
        return new DescribeAddressesAttributeResponse();
    }

    public static Change<Done> Release(ReleaseAddressRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.AllocationId) && !string.IsNullOrEmpty(request.PublicIp))
            throw Ec2Errors.InvalidValue("You must specify an allocation id when releasing a VPC elastic IP address");
        var address = ResourceKind.Address.Find(network.Addresses, request.AllocationId);
        return address.Association is null
            ? Change.To(network with { Addresses = network.Addresses.Without(address.Id) })
            : throw Ec2Errors.AddressInUse(address.PublicIp.ToString());
    }

    public static Change<AssociateAddressResponse> Associate(AssociateAddressRequest request, Network network)
    {
        var address = ResourceKind.Address.Find(network.Addresses, request.AllocationId);
        if (!string.IsNullOrEmpty(request.InstanceId))
            throw ResourceKind.Instance.Unknown(request.InstanceId);
        var one = ResourceKind.NetworkInterface.Find(network.NetworkInterfaces, request.NetworkInterfaceId);
        if (one.IsRequesterManaged)
            throw Ec2Errors.NotYours();
        if (request.PrivateIpAddress is { Length: > 0 } ip && ip != one.PrivateIp.ToString())
            throw Ec2Errors.InvalidValue($"The private IP address {ip} is not assigned to the interface {one.Id}.");
        HasGateway(one.VpcId, network);
        if (address.Association is { } before)
        {
            if (before.NetworkInterfaceId == one.Id)
                return Change.To(network, new AssociateAddressResponse { AssociationId = before.AssociationId });
            if (request.AllowReassociation == false)
                throw Ec2Errors.AlreadyAssociated(address.Id, before.AssociationId);
            if (network.NetworkInterfaces.Find(before.NetworkInterfaceId) is { IsRequesterManaged: true })
                throw Ec2Errors.NotYours();
        }
        if (network.ElasticAddressOf(one) is { } other && other.Id != address.Id)
        {
            if (request.AllowReassociation == false)
                throw Ec2Errors.AlreadyAssociated(one.Id, other.Association!.AssociationId);
            network = network with { Addresses = network.Addresses.With(other with { Association = null }) };
        }
        var association = new AddressAssociation(Ec2Id.New("eipassoc"), one.Id, one.PrivateIp);
        return Change.To(
            network with
            {
                Addresses = network.Addresses.With(address with { Association = association }),
            },
            new AssociateAddressResponse { AssociationId = association.AssociationId }
        );
    }

    public static Change<Done> Disassociate(DisassociateAddressRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.AssociationId))
            throw Ec2Errors.Missing("associationId");
        var address = WithAssociation(request.AssociationId, network) ?? throw Ec2Errors.AssociationNotFound(request.AssociationId);
        return network.NetworkInterfaces.Find(address.Association!.NetworkInterfaceId) is { IsRequesterManaged: true }
            ? throw Ec2Errors.NotYours()
            : Change.To(network with { Addresses = network.Addresses.With(address with { Association = null }) });
    }

    public static ElasticAddress? WithAssociation(string? id, Network network) =>
        string.IsNullOrEmpty(id) ? null : network.Addresses.All.FirstOrDefault(address => address.Association?.AssociationId == id);

    private static void HasGateway(string vpcId, Network network)
    {
        if (!network.InternetGateways.All.Any(gateway => gateway.VpcId == vpcId))
            throw AwsException.Sender("Gateway.NotAttached", $"Network {vpcId} is not attached to any internet gateway");
    }
}
