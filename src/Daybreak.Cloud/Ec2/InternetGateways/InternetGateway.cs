using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.InternetGateways;

/// <summary>An internet gateway as it is kept.</summary>
internal sealed record InternetGateway : Resource
{
    /// <summary>The VPC that it is attached to; null when detached.</summary>
    public string? VpcId { get; init; }

    public override string Kind => "internet-gateway";
}
