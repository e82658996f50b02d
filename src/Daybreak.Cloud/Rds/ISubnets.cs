using System.Collections.Immutable;

namespace Daybreak.Cloud.Rds;

/// <summary>A subnet as RDS needs to know it.</summary>
public sealed record Subnet(string SubnetId, string VpcId, string AvailabilityZone);

/// <summary>The subnets and security groups of a region.</summary>
public interface ISubnets
{
    /// <summary>Null when there is none of that id.</summary>
    Subnet? Find(string accountId, string region, string subnetId);

    /// <summary>Those of the default VPC; empty when there is no default VPC.</summary>
    ImmutableArray<Subnet> OfDefaultVpc(string accountId, string region);

    /// <summary>Whether a VPC has an internet gateway: an instance there is public unless said otherwise.</summary>
    bool HasInternetGateway(string accountId, string region, string vpcId);

    /// <summary>Whether a VPC resolves names and gives names to addresses, without which no instance in it is public.</summary>
    bool ResolvesNames(string accountId, string region, string vpcId);

    /// <summary>Whether a subnet has room for another instance.</summary>
    bool HasFreeAddress(string accountId, string region, string subnetId);

    /// <summary>The default security group of a VPC.</summary>
    string DefaultSecurityGroup(string accountId, string region, string vpcId);

    /// <summary>Null when there is none of that id; else the id of its VPC.</summary>
    string? VpcOfSecurityGroup(string accountId, string region, string securityGroupId);
}
