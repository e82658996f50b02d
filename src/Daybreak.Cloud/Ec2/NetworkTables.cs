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
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2;

/// <summary>Networks on disk: a row a resource, and one a network that was ever changed.</summary>
internal sealed class NetworkTables(StateStore store)
{
    // Tells a network whose default VPC was deleted from one that nobody touched.
    private const string Marker = "network";

    private readonly DocumentTable<NetworkMarker> markers = store.Documents("network", Ec2Json.Default.NetworkMarker);
    private readonly DocumentTable<Vpc> vpcs = store.Documents("network_vpc", Ec2Json.Default.Vpc);
    private readonly DocumentTable<Subnet> subnets = store.Documents("network_subnet", Ec2Json.Default.Subnet);
    private readonly DocumentTable<InternetGateway> internetGateways = store.Documents("network_internet_gateway", Ec2Json.Default.InternetGateway);
    private readonly DocumentTable<EgressOnlyGateway> egressOnlyGateways = store.Documents("network_egress_only_gateway", Ec2Json.Default.EgressOnlyGateway);
    private readonly DocumentTable<RouteTable> routeTables = store.Documents("network_route_table", Ec2Json.Default.RouteTable);
    private readonly DocumentTable<NatGateway> natGateways = store.Documents("network_nat_gateway", Ec2Json.Default.NatGateway);
    private readonly DocumentTable<ElasticAddress> addresses = store.Documents("network_address", Ec2Json.Default.ElasticAddress);
    private readonly DocumentTable<SecurityGroup> securityGroups = store.Documents("network_security_group", Ec2Json.Default.SecurityGroup);
    private readonly DocumentTable<NetworkAcl> networkAcls = store.Documents("network_acl", Ec2Json.Default.NetworkAcl);
    private readonly DocumentTable<VpcEndpoint> vpcEndpoints = store.Documents("network_vpc_endpoint", Ec2Json.Default.VpcEndpoint);
    private readonly DocumentTable<NetworkInterface> networkInterfaces = store.Documents("network_interface", Ec2Json.Default.NetworkInterface);
    private readonly DocumentTable<DhcpOptionsSet> dhcpOptions = store.Documents("network_dhcp_options", Ec2Json.Default.DhcpOptionsSet);
    private readonly DocumentTable<PrefixList> prefixLists = store.Documents("network_prefix_list", Ec2Json.Default.PrefixList);
    private readonly DocumentTable<PeeringConnection> peeringConnections = store.Documents("network_peering_connection", Ec2Json.Default.PeeringConnection);
    private readonly HashSet<(string AccountId, string Region)> kept = [];

    public IEnumerable<Network> AtStart()
    {
        foreach (var (key, _) in markers.AtStart)
        {
            kept.Add((key.AccountId, key.Region));
            yield return new Network
            {
                AccountId = key.AccountId,
                Region = key.Region,
                Vpcs = Read(vpcs, key),
                Subnets = Read(subnets, key),
                InternetGateways = Read(internetGateways, key),
                EgressOnlyGateways = Read(egressOnlyGateways, key),
                RouteTables = Read(routeTables, key),
                NatGateways = Read(natGateways, key),
                Addresses = Read(addresses, key),
                SecurityGroups = Read(securityGroups, key),
                NetworkAcls = Read(networkAcls, key),
                VpcEndpoints = Read(vpcEndpoints, key),
                NetworkInterfaces = Read(networkInterfaces, key),
                DhcpOptions = Read(dhcpOptions, key),
                PrefixLists = Read(prefixLists, key),
                PeeringConnections = Read(peeringConnections, key),
            };
        }
    }

    /// <summary>Writes what differs, all of it or nothing. Completes when durable.</summary>
    public async Task WriteAsync(Network before, Network after)
    {
        var owner = (after.AccountId, after.Region);
        var rows = new List<Row>();
        var isNew = !kept.Contains(owner);
        if (isNew)
        {
            before = new Network { AccountId = after.AccountId, Region = after.Region };
            rows.Add(markers.RowOf(new ResourceKey(after.AccountId, after.Region, Marker), new NetworkMarker()));
        }
        Add(rows, after, vpcs, before.Vpcs, after.Vpcs);
        Add(rows, after, subnets, before.Subnets, after.Subnets);
        Add(rows, after, internetGateways, before.InternetGateways, after.InternetGateways);
        Add(rows, after, egressOnlyGateways, before.EgressOnlyGateways, after.EgressOnlyGateways);
        Add(rows, after, routeTables, before.RouteTables, after.RouteTables);
        Add(rows, after, natGateways, before.NatGateways, after.NatGateways);
        Add(rows, after, addresses, before.Addresses, after.Addresses);
        Add(rows, after, securityGroups, before.SecurityGroups, after.SecurityGroups);
        Add(rows, after, networkAcls, before.NetworkAcls, after.NetworkAcls);
        Add(rows, after, vpcEndpoints, before.VpcEndpoints, after.VpcEndpoints);
        Add(rows, after, networkInterfaces, before.NetworkInterfaces, after.NetworkInterfaces);
        Add(rows, after, dhcpOptions, before.DhcpOptions, after.DhcpOptions);
        Add(rows, after, prefixLists, before.PrefixLists, after.PrefixLists);
        Add(rows, after, peeringConnections, before.PeeringConnections, after.PeeringConnections);
        await store.WriteAsync(rows);
        if (isNew)
            kept.Add(owner);
    }

    /// <summary>After the store was emptied.</summary>
    public void Forget() => kept.Clear();

    private static Resources<T> Read<T>(DocumentTable<T> table, ResourceKey of)
        where T : Resource =>
        Resources<T>.Of(table.AtStart.Where(row => row.Key.AccountId == of.AccountId && row.Key.Region == of.Region).Select(row => row.Value));

    private static void Add<T>(List<Row> rows, Network of, DocumentTable<T> table, Resources<T> before, Resources<T> after)
        where T : Resource
    {
        foreach (var (id, value) in after.ChangesSince(before))
            rows.Add(table.RowOf(new ResourceKey(of.AccountId, of.Region, id), value));
    }
}

internal sealed record NetworkMarker;
