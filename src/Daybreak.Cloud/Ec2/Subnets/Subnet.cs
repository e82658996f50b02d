using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Subnets;

/// <summary>A subnet as it is kept.</summary>
internal sealed record Subnet : Resource
{
    /// <summary>The first four addresses and the last are AWS's.</summary>
    public const int ReservedAddresses = 5;

    public const string IpName = "ip-name";

    public required string VpcId { get; init; }

    public required Cidr CidrBlock { get; init; }

    /// <summary><c>us-east-1a</c></summary>
    public required string AvailabilityZone { get; init; }

    public bool DefaultForAz { get; init; }

    public bool MapPublicIpOnLaunch { get; init; }

    /// <summary>Null when it has none.</summary>
    public SubnetIpv6Block? Ipv6 { get; init; }

    /// <summary>Whether new interfaces get an IPv6 address.</summary>
    public bool AssignIpv6AddressOnCreation { get; init; }

    public bool EnableDns64 { get; init; }

    /// <summary><c>ip-name</c> or <c>resource-name</c>: what instances are called.</summary>
    public string HostnameType { get; init; } = IpName;

    public bool EnableResourceNameDnsARecord { get; init; }

    public bool EnableResourceNameDnsAaaaRecord { get; init; }

    public override string Kind => "subnet";
}

internal sealed record SubnetIpv6Block(string AssociationId, Cidr Cidr);
