using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.InternetGateways;

/// <summary>An internet gateway as it is kept.</summary>
internal sealed record InternetGateway : Resource
{
    /// <summary>Where a network has them, and how they are kept.</summary>
    public static readonly StoredResources<InternetGateway> Set = new(
        ResourceKind.InternetGateway,
        "internet-gateway",
        "network_internet_gateway",
        Ec2Json.Default.InternetGateway,
        static network => network.InternetGateways,
        static (network, all) => network with { InternetGateways = all }
    );

    /// <summary>The VPC that it is attached to; null when detached.</summary>
    public string? VpcId { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:InternetGatewayID", Id);
    }

    public override bool KeepsVpc(string vpcId) => VpcId == vpcId;
}
