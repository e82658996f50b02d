using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.SecurityGroups;

namespace Daybreak.Cloud.Ec2.Tags;

/// <summary>Every kind of resource that can have tags, by its id.</summary>
internal static class TaggedResources
{
    public static IEnumerable<Resource> Of(Network network) =>
        [
            .. network.Vpcs.All,
            .. network.Subnets.All,
            .. network.InternetGateways.All,
            .. network.EgressOnlyGateways.All,
            .. network.RouteTables.All,
            .. network.NatGateways.All,
            .. network.Addresses.All,
            .. network.SecurityGroups.All,
            .. network.SecurityGroups.All.SelectMany(group => group.Rules),
            .. network.NetworkAcls.All,
            .. network.VpcEndpoints.All,
            .. network.NetworkInterfaces.All,
            .. network.DhcpOptions.All,
            .. network.PrefixLists.All,
            .. network.PeeringConnections.All,
        ];

    /// <summary>Null when there is none.</summary>
    public static Resource? Find(string id, Network network) =>
        PrefixOf(id) switch
        {
            "vpc" => network.Vpcs.Find(id),
            "subnet" => network.Subnets.Find(id),
            "igw" => network.InternetGateways.Find(id),
            "eigw" => network.EgressOnlyGateways.Find(id),
            "rtb" => network.RouteTables.Find(id),
            "nat" => network.NatGateways.Find(id),
            "eipalloc" => network.Addresses.Find(id),
            "sg" => network.SecurityGroups.Find(id),
            "sgr" => network.SecurityGroups.All.SelectMany(group => group.Rules).FirstOrDefault(rule => rule.Id == id),
            "acl" => network.NetworkAcls.Find(id),
            "vpce" => network.VpcEndpoints.Find(id),
            "eni" => network.NetworkInterfaces.Find(id),
            "dopt" => network.DhcpOptions.Find(id),
            "pl" => network.PrefixLists.Find(id),
            "pcx" => network.PeeringConnections.Find(id),
            _ => null,
        };

    /// <summary>What an id says that it is of, as in ARNs; null when it says nothing.</summary>
    public static string? KindOf(string id) =>
        PrefixOf(id) switch
        {
            "vpc" => "vpc",
            "subnet" => "subnet",
            "igw" => "internet-gateway",
            "eigw" => "egress-only-internet-gateway",
            "rtb" => "route-table",
            "nat" => "natgateway",
            "eipalloc" => "elastic-ip",
            "sg" => "security-group",
            "sgr" => "security-group-rule",
            "acl" => "network-acl",
            "vpce" => "vpc-endpoint",
            "eni" => "network-interface",
            "dopt" => "dhcp-options",
            "pl" => "prefix-list",
            "pcx" => "vpc-peering-connection",
            _ => null,
        };

    /// <exception cref="Aws.AwsException">There is no resource of that id.</exception>
    public static Network Change(
        string id,
        Network network,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change
    )
    {
        Resources<T> In<T>(Resources<T> resources, ResourceKind kind)
            where T : Resource => resources.With(WithTags(kind.Find(resources, id), change));

        return PrefixOf(id) switch
        {
            "vpc" => network with { Vpcs = In(network.Vpcs, ResourceKind.Vpc) },
            "subnet" => network with { Subnets = In(network.Subnets, ResourceKind.Subnet) },
            "igw" => network with { InternetGateways = In(network.InternetGateways, ResourceKind.InternetGateway) },
            "eigw" => network with { EgressOnlyGateways = In(network.EgressOnlyGateways, ResourceKind.EgressOnlyGateway) },
            "rtb" => network with { RouteTables = In(network.RouteTables, ResourceKind.RouteTable) },
            "nat" => network with { NatGateways = In(network.NatGateways, ResourceKind.NatGateway) },
            "eipalloc" => network with { Addresses = In(network.Addresses, ResourceKind.Address) },
            "sg" => network with { SecurityGroups = In(network.SecurityGroups, ResourceKind.SecurityGroup) },
            "sgr" => network with { SecurityGroups = network.SecurityGroups.With(InRules(id, network, change)) },
            "acl" => network with { NetworkAcls = In(network.NetworkAcls, ResourceKind.NetworkAcl) },
            "vpce" => network with { VpcEndpoints = In(network.VpcEndpoints, ResourceKind.VpcEndpoint) },
            "eni" => network with { NetworkInterfaces = In(network.NetworkInterfaces, ResourceKind.NetworkInterface) },
            "dopt" => network with { DhcpOptions = In(network.DhcpOptions, ResourceKind.DhcpOptions) },
            "pl" => network with { PrefixLists = In(network.PrefixLists, ResourceKind.PrefixList) },
            "pcx" => network with { PeeringConnections = In(network.PeeringConnections, ResourceKind.PeeringConnection) },
            _ => throw Ec2Errors.InvalidId(id),
        };
    }

    private static string PrefixOf(string id) => id.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? id[..dash] : "";

    private static SecurityGroup InRules(
        string id,
        Network network,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change
    )
    {
        var group =
            network.SecurityGroups.All.FirstOrDefault(group => group.Rules.Any(rule => rule.Id == id))
            ?? throw ResourceKind.SecurityGroupRule.Unknown(id);
        var rule = group.Rules.First(rule => rule.Id == id);
        return group with { Rules = group.Rules.Replace(rule, WithTags(rule, change)) };
    }

    // A copy has the type of its original.
    private static T WithTags<T>(
        T resource,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change
    )
        where T : Resource => (T)((Resource)resource with { Tags = change(resource.Tags) });
}
