using Daybreak.Aws;

namespace Daybreak.Cloud.Lambda.Vpcs;

/// <summary>The networks that functions can be in.</summary>
public interface IFunctionNetworks
{
    /// <summary>The VPC of a subnet; null when there is no such subnet.</summary>
    string? VpcOf(string accountId, string region, string subnetId);

    /// <summary>The VPC that subnets and security groups are in.</summary>
    /// <exception cref="AwsException">One of them does not exist, or they are in several VPCs.</exception>
    string VpcOf(string accountId, string region, IReadOnlyList<string> subnetIds, IReadOnlyList<string> securityGroupIds);

    /// <summary>Makes the network interfaces that functions need, and deletes those that none needs any more.</summary>
    /// <param name="users">All that have a place in a VPC of this account and Region, with the names of their functions.</param>
    /// <param name="added">The one among them that is being added, if there is one.</param>
    /// <exception cref="AwsException">What <paramref name="added"/> names does not exist any more, or has no free address.</exception>
    ValueTask SetAsync(string accountId, string region, IReadOnlyList<(string FunctionName, FunctionVpc Vpc)> users, FunctionVpc? added);
}
