using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.NatGateways;

/// <summary>A NAT gateway as it is kept; deleted ones stay for an hour.</summary>
internal sealed record NatGateway : Resource
{
    /// <summary>Where a network has them, and how they are kept.</summary>
    public static readonly StoredResources<NatGateway> Set = new(
        ResourceKind.NatGateway,
        "natgateway",
        "network_nat_gateway",
        Ec2Json.Default.NatGateway,
        static network => network.NatGateways,
        static (network, all) => network with { NatGateways = all }
    );

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    /// <summary>Only a public one reaches the internet.</summary>
    public required bool IsPublic { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Null while it is available.</summary>
    public DateTimeOffset? DeleteTime { get; init; }

    /// <summary>Why it never became available; null unless that is so.</summary>
    public NatGatewayFailure? Failure { get; init; }

    public required ImmutableArray<NatGatewayAddress> Addresses { get; init; }

    public string? ClientToken { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }
}

/// <param name="AllocationId">Of the Elastic IP address; null for a private gateway.</param>
/// <param name="AssociationId">Of the Elastic IP address with the interface; null for a private gateway.</param>
internal sealed record NatGatewayAddress(
    string NetworkInterfaceId,
    IPAddress PrivateIp,
    string? AllocationId = null,
    string? AssociationId = null,
    IPAddress? PublicIp = null
);

internal sealed record NatGatewayFailure(string Code, string Message);
