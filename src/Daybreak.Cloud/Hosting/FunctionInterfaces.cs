using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Hosting;

/// <summary>The network interfaces of functions: one for each subnet and set of security groups, which functions share.</summary>
internal sealed class FunctionInterfaces(NetworkState state, TimeProvider time) : IFunctionNetworks
{
    /// <summary>The interface of functions in a subnet with these groups; null when there is none.</summary>
    public static NetworkInterface? Find(Network network, string subnetId, IReadOnlyList<string> groupIds) =>
        network.NetworkInterfaces.All.FirstOrDefault(one =>
            one.Use == InterfaceUse.Function
            && one.SubnetId == subnetId
            && one.GroupIds.ToImmutableHashSet(StringComparer.Ordinal).SetEquals(groupIds)
        );

    public string? VpcOf(string accountId, string region, string subnetId) => state.Of(accountId, region).Subnets.Find(subnetId)?.VpcId;

    public string VpcOf(string accountId, string region, IReadOnlyList<string> subnetIds, IReadOnlyList<string> securityGroupIds) =>
        VpcOf(state.Of(accountId, region), subnetIds, securityGroupIds);

    public async ValueTask SetAsync(
        string accountId,
        string region,
        IReadOnlyList<(string FunctionName, FunctionVpc Vpc)> users,
        FunctionVpc? added
    )
    {
        if (users.Count == 0 && !state.Of(accountId, region).NetworkInterfaces.All.Any(static one => one.Use == InterfaceUse.Function))
            return;
        await state.ChangeAsync(
            accountId,
            region,
            network =>
            {
                if (added is not null)
                    _ = VpcOf(network, added.SubnetIds, added.SecurityGroupIds);
                return Change.To(With(network, users));
            },
            dryRun: false,
            CancellationToken.None
        );
    }

    private static string VpcOf(Network network, IReadOnlyList<string> subnetIds, IReadOnlyList<string> securityGroupIds)
    {
        var subnets = Passing("DescribeSubnets", () => ResourceKind.Subnet.FindAll(network.Subnets, subnetIds));
        var groups = Passing("DescribeSecurityGroups", () => ResourceKind.SecurityGroup.FindAll(network.SecurityGroups, securityGroupIds));
        var vpc = subnets[0].VpcId;
        if (subnets.Exists(subnet => subnet.VpcId != vpc))
            throw LambdaErrors.SubnetsOfSeveralVpcs();
        return groups.Exists(group => group.VpcId != vpc) ? throw LambdaErrors.GroupsOfOtherVpc() : vpc;
    }

    private static List<T> Passing<T>(string operation, Func<List<T>> find)
    {
        try
        {
            return find();
        }
        catch (AwsException error)
        {
            throw LambdaErrors.OfEc2(operation, error);
        }
    }

    /// <summary>Returns the network with the interfaces that are needed and no others of functions; the same network when it has them
    /// already.</summary>
    private Network With(Network network, IReadOnlyList<(string FunctionName, FunctionVpc Vpc)> users)
    {
        var kept = new HashSet<string>();
        foreach (var (name, vpc) in users)
        {
            foreach (var id in vpc.SubnetIds)
            {
                if (Find(network, id, vpc.SecurityGroupIds) is { } found)
                    kept.Add(found.Id);
                else if (network.Subnets.Find(id) is { } subnet)
                {
                    var made = New(name, subnet, vpc, network);
                    network = network with { NetworkInterfaces = network.NetworkInterfaces.With(made) };
                    kept.Add(made.Id);
                }
            }
        }
        foreach (var one in network.NetworkInterfaces.All.Where(one => one.Use == InterfaceUse.Function && !kept.Contains(one.Id)).ToList())
            network = NetworkInterfaceOperations.Without(one, network);
        return network;
    }

    private NetworkInterface New(string functionName, Ec2.Subnets.Subnet subnet, FunctionVpc vpc, Network network)
    {
        try
        {
            return NewInterface.OfService(
                InterfaceUse.Function,
                subnet,
                network,
                $"AWS Lambda VPC ENI-{functionName}-{Guid.NewGuid()}",
                [.. vpc.SecurityGroupIds.Distinct()],
                time.GetUtcNow()
            );
        }
        catch (AwsException error) when (error.Code == "InsufficientFreeAddressesInSubnet")
        {
            throw LambdaErrors.SubnetsWithoutAddress();
        }
    }
}
