using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

/// <summary>A network interface as it is kept.</summary>
internal sealed record NetworkInterface : Resource
{
    /// <summary>Where a network has them, and how they are kept.</summary>
    public static readonly StoredResources<NetworkInterface> Set = new(
        ResourceKind.NetworkInterface,
        "network-interface",
        "network_interface",
        Ec2Json.Default.NetworkInterface,
        static network => network.NetworkInterfaces,
        static (network, all) => network with { NetworkInterfaces = all }
    );

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required IPAddress PrivateIp { get; init; }

    /// <summary>Of Amazon's pool. An Elastic IP address is not here: see <see cref="Network.PublicAddressOf"/>.</summary>
    public IPAddress? PublicIp { get; init; }

    /// <summary>Only those of the customer have some: databases and endpoints are of IPv4 here.</summary>
    public ImmutableArray<IPAddress> Ipv6Addresses { get; init; } = [];

    public ImmutableArray<string> GroupIds { get; init; } = [];

    public string Description { get; init; } = "";

    public required InterfaceUse Use { get; init; }

    public required string MacAddress { get; init; }

    /// <summary>Whether packets that are neither from nor to its address are dropped.</summary>
    public bool SourceDestCheck { get; init; } = true;

    /// <summary>Whether who uses it is not led to endpoints by their private DNS names: RDS for PostgreSQL without
    /// <c>rds.custom_dns_resolution</c>.</summary>
    public bool MissesPrivateDns { get; init; }

    /// <summary>Null while nothing uses it.</summary>
    public InterfaceAttachment? Attachment { get; init; }

    public string? ClientToken { get; init; }

    /// <summary>An AWS service made it and alone may change it.</summary>
    [JsonIgnore]
    public bool IsRequesterManaged => Use != InterfaceUse.Customer;

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        var subnet = network.Subnets.Find(SubnetId)!;
        keys.Add("ec2:NetworkInterfaceID", Id);
        keys.Add("ec2:AvailabilityZone", subnet.AvailabilityZone);
        keys.Add("ec2:Subnet", Ec2Arn.Of(network, subnet));
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }
}

/// <summary>Who made an interface, and for what.</summary>
internal enum InterfaceUse
{
    /// <summary>CreateNetworkInterface.</summary>
    Customer,
    Database,
    NatGateway,
    VpcEndpoint,
}

internal sealed record InterfaceAttachment(string AttachmentId, DateTimeOffset AttachTime);
