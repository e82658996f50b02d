using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Vpcs;

/// <summary>A VPC as it is stored.</summary>
internal sealed record Vpc : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<Vpc> Set = new(
        ResourceKind.Vpc,
        "vpc",
        "network_vpc",
        Ec2Json.Default.Vpc,
        static network => network.Vpcs,
        static (network, all) => network with { Vpcs = all }
    );

    /// <summary>The IPv4 blocks. The first is the VPC's own; the others were associated later.</summary>
    public required ImmutableArray<VpcCidrBlock> CidrBlocks { get; init; }

    /// <summary>The IPv6 blocks, which Amazon assigns.</summary>
    public ImmutableArray<VpcCidrBlock> Ipv6CidrBlocks { get; init; } = [];

    public required string DhcpOptionsId { get; init; }

    public bool IsDefault { get; init; }

    public string InstanceTenancy { get; init; } = "default";

    public bool EnableDnsSupport { get; init; } = true;

    public bool EnableDnsHostnames { get; init; }

    public bool EnableNetworkAddressUsageMetrics { get; init; }

    [JsonIgnore]
    public Cidr CidrBlock => CidrBlocks[0].Cidr;

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:VpcID", Id);
        keys.Add("ec2:Tenancy", InstanceTenancy);
    }

    /// <summary>Whether an address or block belongs to the VPC.</summary>
    public bool Contains(Cidr cidr) => (cidr.IsIpv6 ? Ipv6CidrBlocks : CidrBlocks).Any(block => block.Cidr.Contains(cidr));
}

internal sealed record VpcCidrBlock(string AssociationId, Cidr Cidr);
