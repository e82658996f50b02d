using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.EgressOnlyGateways;

/// <summary>An egress-only internet gateway as it is stored: for IPv6 only, and attached to its VPC from the start.</summary>
internal sealed record EgressOnlyGateway : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<EgressOnlyGateway> Set = new(
        ResourceKind.EgressOnlyGateway,
        "egress-only-internet-gateway",
        "network_egress_only_gateway",
        Ec2Json.Default.EgressOnlyGateway,
        static network => network.EgressOnlyGateways,
        static (network, all) => network with { EgressOnlyGateways = all }
    );

    public required string VpcId { get; init; }

    public string? ClientToken { get; init; }

    public override string Kind => Set.Kind;

    public override bool KeepsVpc(string vpcId) => VpcId == vpcId;
}
