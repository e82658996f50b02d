using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Hosting;

/// <summary>Provides subnets and security groups to RDS.</summary>
/// <param name="networkOf">Returns the current network of an account in a Region.</param>
internal sealed class DatabaseSubnets(Func<string, string, Network> networkOf) : ISubnets
{
    public Daybreak.Cloud.Rds.Subnet? Find(string accountId, string region, string subnetId) =>
        networkOf(accountId, region).Subnets.Find(subnetId) is { } found ? Shown(found) : null;

    public ImmutableArray<Daybreak.Cloud.Rds.Subnet> OfDefaultVpc(string accountId, string region)
    {
        var network = networkOf(accountId, region);
        return network.DefaultVpc is not { } vpc
            ? []
            :
            [
                .. network
                    .Subnets.All.Where(subnet => subnet.VpcId == vpc.Id && subnet.DefaultForAz)
                    .OrderBy(static subnet => subnet.AvailabilityZone, StringComparer.Ordinal)
                    .Select(Shown),
            ];
    }

    public bool HasInternetGateway(string accountId, string region, string vpcId) =>
        networkOf(accountId, region).InternetGateways.All.Any(gateway => gateway.VpcId == vpcId);

    public bool ResolvesNames(string accountId, string region, string vpcId) =>
        networkOf(accountId, region).Vpcs.Find(vpcId) is { EnableDnsSupport: true, EnableDnsHostnames: true };

    public bool HasFreeAddress(string accountId, string region, string subnetId)
    {
        var network = networkOf(accountId, region);
        return network.Subnets.Find(subnetId) is { } subnet && SubnetAddresses.FreeOf(subnet, network) > 0;
    }

    public string DefaultSecurityGroup(string accountId, string region, string vpcId) =>
        networkOf(accountId, region).DefaultSecurityGroup(vpcId).Id;

    public string? VpcOfSecurityGroup(string accountId, string region, string securityGroupId) =>
        networkOf(accountId, region).SecurityGroups.Find(securityGroupId)?.VpcId;

    private static Daybreak.Cloud.Rds.Subnet Shown(Daybreak.Cloud.Ec2.Subnets.Subnet subnet) =>
        new(subnet.Id, subnet.VpcId, subnet.AvailabilityZone);
}
