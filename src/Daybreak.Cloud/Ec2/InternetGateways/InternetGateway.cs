using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.InternetGateways;

/// <summary>An internet gateway as it is stored.</summary>
internal sealed record InternetGateway : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<InternetGateway> Set = new(
        ResourceKind.InternetGateway,
        "internet-gateway",
        "network_internet_gateway",
        Ec2Json.Default.InternetGateway,
        static network => network.InternetGateways,
        static (network, all) => network with { InternetGateways = all }
    );

    /// <summary>The VPC that the gateway is attached to; null when it is detached.</summary>
    public string? VpcId { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:InternetGatewayID", Id);
    }

    public override bool KeepsVpc(string vpcId) => VpcId == vpcId;
}
