using System.Collections.Immutable;

namespace Daybreak.Cloud.Rds;

/// <summary>The properties of a subnet that RDS needs.</summary>
public sealed record Subnet(string SubnetId, string VpcId, string AvailabilityZone);

/// <summary>The subnets and security groups of a Region.</summary>
public interface ISubnets
{
    /// <summary>Returns null when the id does not exist.</summary>
    Subnet? Find(string accountId, string region, string subnetId);

    /// <summary>Returns the subnets of the default VPC; empty when there is no default VPC.</summary>
    ImmutableArray<Subnet> OfDefaultVpc(string accountId, string region);

    /// <summary>Whether a VPC has an internet gateway: by default, an instance there is public.</summary>
    bool HasInternetGateway(string accountId, string region, string vpcId);

    /// <summary>Whether a VPC resolves names and gives names to addresses, without which no instance in it is public.</summary>
    bool ResolvesNames(string accountId, string region, string vpcId);

    /// <summary>Whether a subnet has room for another instance.</summary>
    bool HasFreeAddress(string accountId, string region, string subnetId);

    /// <summary>The default security group of a VPC.</summary>
    string DefaultSecurityGroup(string accountId, string region, string vpcId);

    /// <summary>Returns the id of the group's VPC; null when the group does not exist.</summary>
    string? VpcOfSecurityGroup(string accountId, string region, string securityGroupId);
}
