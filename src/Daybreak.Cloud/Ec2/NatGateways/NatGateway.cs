using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.NatGateways;

/// <summary>A NAT gateway as it is stored. Deleted ones are shown for an hour.</summary>
internal sealed record NatGateway : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
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

    /// <summary>Whether the gateway is public. Only a public one reaches the internet.</summary>
    public required bool IsPublic { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Null while the gateway is available.</summary>
    public DateTimeOffset? DeleteTime { get; init; }

    /// <summary>Why the gateway never became available; null for others.</summary>
    public NatGatewayFailure? Failure { get; init; }

    public required ImmutableArray<NatGatewayAddress> Addresses { get; init; }

    public string? ClientToken { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }
}

/// <param name="AllocationId">Allocation of the Elastic IP address; null for a private gateway.</param>
/// <param name="AssociationId">Association of that address with the interface; null for a private gateway.</param>
internal sealed record NatGatewayAddress(
    string NetworkInterfaceId,
    IPAddress PrivateIp,
    string? AllocationId = null,
    string? AssociationId = null,
    IPAddress? PublicIp = null
);

internal sealed record NatGatewayFailure(string Code, string Message);
