using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>A VPC endpoint as it is stored.</summary>
internal sealed record VpcEndpoint : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<VpcEndpoint> Set = new(
        ResourceKind.VpcEndpoint,
        "vpc-endpoint",
        "network_vpc_endpoint",
        Ec2Json.Default.VpcEndpoint,
        static network => network.VpcEndpoints,
        static (network, all) => network with { VpcEndpoints = all }
    );

    public required VpcEndpointType Type { get; init; }

    public required string VpcId { get; init; }

    /// <summary><c>com.amazonaws.us-east-1.lambda</c></summary>
    public required string ServiceName { get; init; }

    /// <summary>The policy's JSON as it was given. It has to allow requests through the endpoint as well.</summary>
    public required string PolicyDocument { get; init; }

    /// <summary>Unique ids of the users and roles that the policy names, by ARN. Null in a state that was written before they were
    /// stored.</summary>
    public ImmutableDictionary<string, string>? PrincipalIds { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>Route tables of a gateway endpoint.</summary>
    public ImmutableArray<string> RouteTableIds { get; init; } = [];

    /// <summary>Subnets of an interface endpoint, in the order of <see cref="NetworkInterfaceIds"/>.</summary>
    public ImmutableArray<string> SubnetIds { get; init; } = [];

    /// <summary>Interfaces of an interface endpoint, one per subnet.</summary>
    public ImmutableArray<string> NetworkInterfaceIds { get; init; } = [];

    /// <summary>Security groups of an interface endpoint's interfaces.</summary>
    public ImmutableArray<string> GroupIds { get; init; } = [];

    /// <summary>Whether the service's ordinary name leads to the endpoint inside the VPC.</summary>
    public bool PrivateDnsEnabled { get; init; }

    /// <summary>The part of its host names after its id: <c>vpce-…-abcd1234.lambda.us-east-1.vpce.amazonaws.com</c>.</summary>
    public string DnsSuffix { get; init; } = "";

    public string? ClientToken { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        ResourceKeys.AddService(keys, ServiceName, network.Region);
    }

    public override bool KeepsVpc(string vpcId) => VpcId == vpcId;
}

internal enum VpcEndpointType
{
    Gateway,
    Interface,
}
