using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

/// <summary>A network interface as it is stored.</summary>
internal sealed record NetworkInterface : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
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

    /// <summary>A public address from Amazon's pool. For Elastic IP addresses see <see cref="Network.PublicAddressOf"/>.</summary>
    public IPAddress? PublicIp { get; init; }

    /// <summary>Only interfaces of the customer have some, as databases and endpoints here have IPv4 only.</summary>
    public ImmutableArray<IPAddress> Ipv6Addresses { get; init; } = [];

    public ImmutableArray<string> GroupIds { get; init; } = [];

    public string Description { get; init; } = "";

    public required InterfaceUse Use { get; init; }

    public required string MacAddress { get; init; }

    /// <summary>Whether packets that are neither from nor to its address are dropped.</summary>
    public bool SourceDestCheck { get; init; } = true;

    /// <summary>Whether its user does not resolve private DNS names of endpoints: RDS for PostgreSQL without
    /// <c>rds.custom_dns_resolution</c>.</summary>
    public bool MissesPrivateDns { get; init; }

    /// <summary>Null while the interface is not attached.</summary>
    public InterfaceAttachment? Attachment { get; init; }

    public string? ClientToken { get; init; }

    /// <summary>Whether an AWS service made it. Only that service may change it.</summary>
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

/// <summary>The creator of an interface and its purpose.</summary>
internal enum InterfaceUse
{
    /// <summary>A customer made it by CreateNetworkInterface.</summary>
    Customer,
    Database,
    NatGateway,
    VpcEndpoint,
    Function,
}

internal sealed record InterfaceAttachment(string AttachmentId, DateTimeOffset AttachTime);
