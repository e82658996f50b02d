using System.Collections.Frozen;
using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.EgressOnlyGateways;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>
/// All kinds of resources of a network. Everything that applies to all kinds uses this list: storing them, their tags and permissions,
/// and whether a VPC may be deleted.
/// </summary>
internal static class ResourceSets
{
    public static readonly ImmutableArray<ResourceSet> All =
    [
        Vpc.Set,
        Subnet.Set,
        InternetGateway.Set,
        EgressOnlyGateway.Set,
        RouteTable.Set,
        NatGateway.Set,
        ElasticAddress.Set,
        SecurityGroup.Set,
        SecurityGroupRule.Set,
        NetworkAcl.Set,
        VpcEndpoint.Set,
        NetworkInterface.Set,
        DhcpOptionsSet.Set,
        PrefixList.Set,
        PeeringConnection.Set,
    ];

    private static readonly FrozenDictionary<string, ResourceSet> ByPrefix = All.ToFrozenDictionary(static set => set.Prefix);

    /// <summary>The kind that the prefix of an id names; null when it names none.</summary>
    public static ResourceSet? Of(string id) =>
        id.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? ByPrefix.GetValueOrDefault(id[..dash]) : null;

    /// <summary>The network with changed tags of one resource.</summary>
    /// <exception cref="Aws.AwsException">The id is unknown.</exception>
    public static Network WithTags(Network network, string id, TagChange change) =>
        (Of(id) ?? throw Ec2Errors.InvalidId(id)).WithTags(network, id, change);

    /// <summary>The resource with an id; null when it is unknown.</summary>
    public static Resource? Find(Network network, string id) => Of(id)?.Find(network, id);
}
