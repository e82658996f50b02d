using System.Net;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

internal sealed record CreateNetworkInterfaceRequest : CreationRequest
{
    public string? SubnetId { get; init; }

    public string? Description { get; init; }

    public string? PrivateIpAddress { get; init; }

    [WireName("SecurityGroupId")]
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    public int? Ipv6AddressCount { get; init; }

    public IReadOnlyList<Ipv6AddressValue>? Ipv6Addresses { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record Ipv6AddressValue
{
    public string? Ipv6Address { get; init; }
}

internal sealed record NetworkInterfaceRequest : Ec2Request
{
    public string? NetworkInterfaceId { get; init; }
}

internal sealed record DetachNetworkInterfaceRequest : Ec2Request
{
    public string? AttachmentId { get; init; }

    public bool? Force { get; init; }
}

internal sealed record DescribeNetworkInterfacesRequest : DescribeRequest
{
    [WireName("NetworkInterfaceId")]
    public IReadOnlyList<string>? NetworkInterfaceIds { get; init; }
}

internal sealed record ModifyNetworkInterfaceAttributeRequest : Ec2Request
{
    public string? NetworkInterfaceId { get; init; }

    public AttributeValue? Description { get; init; }

    public AttributeBooleanValue? SourceDestCheck { get; init; }

    [WireName("SecurityGroupId")]
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }
}

internal sealed record AttributeValue
{
    public string? Value { get; init; }
}

internal sealed record CreateNetworkInterfaceResponse
{
    public required NetworkInterfaceDescription NetworkInterface { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record DescribeNetworkInterfacesResponse
{
    public required IReadOnlyList<NetworkInterfaceDescription> NetworkInterfaceSet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A network interface in responses.</summary>
internal sealed record NetworkInterfaceDescription
{
    public required string NetworkInterfaceId { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string Description { get; init; }

    public required string OwnerId { get; init; }

    public string? RequesterId { get; init; }

    public required bool RequesterManaged { get; init; }

    public required string Status { get; init; }

    public required string MacAddress { get; init; }

    public required string PrivateIpAddress { get; init; }

    public string? PrivateDnsName { get; init; }

    public required bool SourceDestCheck { get; init; }

    public required IReadOnlyList<GroupIdentifier> GroupSet { get; init; }

    public AttachmentDescription? Attachment { get; init; }

    public AssociationDescription? Association { get; init; }

    public required IReadOnlyList<PrivateIpAddressDescription> PrivateIpAddressesSet { get; init; }

    /// <summary>The first IPv6 address.</summary>
    public string? Ipv6Address { get; init; }

    public required IReadOnlyList<Ipv6AddressValue> Ipv6AddressesSet { get; init; }

    public required string InterfaceType { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static NetworkInterfaceDescription Of(NetworkInterface one, Network network, string? status = null)
    {
        var named = network.Vpcs.Find(one.VpcId) is { EnableDnsHostnames: true };
        var association = AssociationDescription.Of(one, network, named);
        var name = named ? DnsNames.Private(one.PrivateIp, network.Region) : null;
        return new()
        {
            NetworkInterfaceId = one.Id,
            SubnetId = one.SubnetId,
            VpcId = one.VpcId,
            AvailabilityZone = network.Subnets.Find(one.SubnetId)!.AvailabilityZone,
            Description = one.Description,
            OwnerId = network.AccountId,
            RequesterId = one.Use.Requester(),
            RequesterManaged = one.IsRequesterManaged,
            Status = status ?? (one.Attachment is null ? "available" : "in-use"),
            MacAddress = one.MacAddress,
            PrivateIpAddress = one.PrivateIp.ToString(),
            PrivateDnsName = name,
            SourceDestCheck = one.SourceDestCheck,
            GroupSet =
            [
                .. one.GroupIds.Select(id => new GroupIdentifier { GroupId = id, GroupName = network.SecurityGroups.Find(id)!.GroupName }),
            ],
            Attachment = AttachmentDescription.Of(one),
            Association = association,
            PrivateIpAddressesSet =
            [
                new PrivateIpAddressDescription
                {
                    Association = association,
                    Primary = true,
                    PrivateDnsName = name,
                    PrivateIpAddress = one.PrivateIp.ToString(),
                },
            ],
            Ipv6Address = one.Ipv6Addresses is [var first, ..] ? first.ToString() : null,
            Ipv6AddressesSet = [.. one.Ipv6Addresses.Select(address => new Ipv6AddressValue { Ipv6Address = address.ToString() })],
            InterfaceType = one.Use.TypeName(),
            TagSet = Tag.List(one),
        };
    }
}

internal sealed record GroupIdentifier
{
    public required string GroupId { get; init; }

    public required string GroupName { get; init; }
}

internal sealed record AttachmentDescription
{
    public required string AttachmentId { get; init; }

    public string? InstanceOwnerId { get; init; }

    public int DeviceIndex { get; init; } = 1;

    public string Status { get; init; } = "attached";

    public required DateTimeOffset AttachTime { get; init; }

    public bool DeleteOnTermination { get; init; }

    public static AttachmentDescription? Of(NetworkInterface one) =>
        one.Attachment is { } attachment
            ? new()
            {
                AttachmentId = attachment.AttachmentId,
                InstanceOwnerId = one.Use.Requester(),
                AttachTime = attachment.AttachTime,
            }
            : null;
}

internal sealed record AssociationDescription
{
    public string? AllocationId { get; init; }

    public string? AssociationId { get; init; }

    public required string IpOwnerId { get; init; }

    public string? PublicDnsName { get; init; }

    public required string PublicIp { get; init; }

    public static AssociationDescription? Of(NetworkInterface one, Network network, bool named)
    {
        var elastic = network.ElasticAddressOf(one);
        return (elastic?.PublicIp ?? one.PublicIp) is not { } address
            ? null
            : new()
            {
                AllocationId = elastic?.Id,
                AssociationId = elastic?.Association!.AssociationId,
                IpOwnerId = elastic is null ? "amazon" : network.AccountId,
                PublicDnsName = named ? DnsNames.Public(address, network.Region) : null,
                PublicIp = address.ToString(),
            };
    }
}

internal sealed record PrivateIpAddressDescription
{
    public AssociationDescription? Association { get; init; }

    public required bool Primary { get; init; }

    public string? PrivateDnsName { get; init; }

    public required string PrivateIpAddress { get; init; }
}

/// <summary>DNS names that AWS gives to addresses. Those of us-east-1 have an older form.</summary>
internal static class DnsNames
{
    public static string Private(IPAddress address, string region) =>
        $"ip-{Dashed(address)}.{(region == "us-east-1" ? "ec2.internal" : $"{region}.compute.internal")}";

    public static string Public(IPAddress address, string region) =>
        $"ec2-{Dashed(address)}.{(region == "us-east-1" ? "compute-1.amazonaws.com" : $"{region}.compute.amazonaws.com")}";

    private static string Dashed(IPAddress address) => address.ToString().Replace('.', '-');
}
