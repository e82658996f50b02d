using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.EgressOnlyGateways;

/// <summary>An egress-only internet gateway as it is kept: for IPv6 only, and attached to its VPC from the start.</summary>
internal sealed record EgressOnlyGateway : Resource
{
    public required string VpcId { get; init; }

    public string? ClientToken { get; init; }

    public override string Kind => "egress-only-internet-gateway";
}
