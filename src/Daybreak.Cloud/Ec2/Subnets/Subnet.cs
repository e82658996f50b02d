using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Subnets;

/// <summary>A subnet as it is stored.</summary>
internal sealed record Subnet : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<Subnet> Set = new(
        ResourceKind.Subnet,
        "subnet",
        "network_subnet",
        Ec2Json.Default.Subnet,
        static network => network.Subnets,
        static (network, all) => network with { Subnets = all }
    );

    /// <summary>AWS reserves the first four addresses and the last one.</summary>
    public const int ReservedAddresses = 5;

    public const string IpName = "ip-name";

    public required string VpcId { get; init; }

    public required Cidr CidrBlock { get; init; }

    /// <summary><c>us-east-1a</c></summary>
    public required string AvailabilityZone { get; init; }

    public bool DefaultForAz { get; init; }

    public bool MapPublicIpOnLaunch { get; init; }

    /// <summary>The IPv6 block; null when there is none.</summary>
    public SubnetIpv6Block? Ipv6 { get; init; }

    /// <summary>Whether new interfaces get an IPv6 address.</summary>
    public bool AssignIpv6AddressOnCreation { get; init; }

    public bool EnableDns64 { get; init; }

    /// <summary>Form of the host names of instances: <c>ip-name</c> or <c>resource-name</c>.</summary>
    public string HostnameType { get; init; } = IpName;

    public bool EnableResourceNameDnsARecord { get; init; }

    public bool EnableResourceNameDnsAaaaRecord { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:SubnetID", Id);
        keys.Add("ec2:AvailabilityZone", AvailabilityZone);
        keys.Add("ec2:AvailabilityZoneId", Zone.IdOf(network.Region, AvailabilityZone));
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }

    public override bool KeepsVpc(string vpcId) => VpcId == vpcId;
}

internal sealed record SubnetIpv6Block(string AssociationId, Cidr Cidr);
