namespace Daybreak.Cloud.Ec2.Subnets;

/// <summary>A subnet as it is kept.</summary>
internal sealed record Subnet : Resource
{
    /// <summary>The first four addresses and the last are AWS's.</summary>
    public const int ReservedAddresses = 5;

    public required string VpcId { get; init; }

    public required Cidr CidrBlock { get; init; }

    /// <summary><c>us-east-1a</c></summary>
    public required string AvailabilityZone { get; init; }

    public bool DefaultForAz { get; init; }

    public bool MapPublicIpOnLaunch { get; init; }

    public override string Kind => "subnet";
}
