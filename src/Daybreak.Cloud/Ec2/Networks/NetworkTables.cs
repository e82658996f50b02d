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

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>Networks on disk: a row a resource, and one a network that was ever changed.</summary>
internal sealed class NetworkTables(StateStore store)
{
    // Tells a network whose default VPC was deleted from one that nobody touched.
    private const string Marker = "network";

    private readonly DocumentTable<NetworkMarker> _markers = store.Documents("network", Ec2Json.Default.NetworkMarker);
    private readonly DocumentTable<Vpc> _vpcs = store.Documents("network_vpc", Ec2Json.Default.Vpc);
    private readonly DocumentTable<Subnet> _subnets = store.Documents("network_subnet", Ec2Json.Default.Subnet);
    private readonly DocumentTable<InternetGateway> _internetGateways = store.Documents(
        "network_internet_gateway",
        Ec2Json.Default.InternetGateway
    );
    private readonly DocumentTable<EgressOnlyGateway> _egressOnlyGateways = store.Documents(
        "network_egress_only_gateway",
        Ec2Json.Default.EgressOnlyGateway
    );
    private readonly DocumentTable<RouteTable> _routeTables = store.Documents("network_route_table", Ec2Json.Default.RouteTable);
    private readonly DocumentTable<NatGateway> _natGateways = store.Documents("network_nat_gateway", Ec2Json.Default.NatGateway);
    private readonly DocumentTable<ElasticAddress> _addresses = store.Documents("network_address", Ec2Json.Default.ElasticAddress);
    private readonly DocumentTable<SecurityGroup> _securityGroups = store.Documents(
        "network_security_group",
        Ec2Json.Default.SecurityGroup
    );
    private readonly DocumentTable<NetworkAcl> _networkAcls = store.Documents("network_acl", Ec2Json.Default.NetworkAcl);
    private readonly DocumentTable<VpcEndpoint> _vpcEndpoints = store.Documents("network_vpc_endpoint", Ec2Json.Default.VpcEndpoint);
    private readonly DocumentTable<NetworkInterface> _networkInterfaces = store.Documents(
        "network_interface",
        Ec2Json.Default.NetworkInterface
    );
    private readonly DocumentTable<DhcpOptionsSet> _dhcpOptions = store.Documents("network_dhcp_options", Ec2Json.Default.DhcpOptionsSet);
    private readonly DocumentTable<PrefixList> _prefixLists = store.Documents("network_prefix_list", Ec2Json.Default.PrefixList);
    private readonly DocumentTable<PeeringConnection> _peeringConnections = store.Documents(
        "network_peering_connection",
        Ec2Json.Default.PeeringConnection
    );
    private readonly HashSet<(string AccountId, string Region)> _kept = [];

    public IEnumerable<Network> AtStart()
    {
        foreach (var (key, _) in _markers.AtStart)
        {
            _kept.Add((key.AccountId, key.Region));
            yield return new Network
            {
                AccountId = key.AccountId,
                Region = key.Region,
                Vpcs = Read(_vpcs, key),
                Subnets = Read(_subnets, key),
                InternetGateways = Read(_internetGateways, key),
                EgressOnlyGateways = Read(_egressOnlyGateways, key),
                RouteTables = Read(_routeTables, key),
                NatGateways = Read(_natGateways, key),
                Addresses = Read(_addresses, key),
                SecurityGroups = Read(_securityGroups, key),
                NetworkAcls = Read(_networkAcls, key),
                VpcEndpoints = Read(_vpcEndpoints, key),
                NetworkInterfaces = Read(_networkInterfaces, key),
                DhcpOptions = Read(_dhcpOptions, key),
                PrefixLists = Read(_prefixLists, key),
                PeeringConnections = Read(_peeringConnections, key),
            };
        }
    }

    /// <summary>Writes what differs, all of it or nothing. Completes when durable.</summary>
    public async Task WriteAsync(Network before, Network after)
    {
        var owner = (after.AccountId, after.Region);
        var rows = new List<Row>();
        var isNew = !_kept.Contains(owner);
        if (isNew)
        {
            before = new Network { AccountId = after.AccountId, Region = after.Region };
            rows.Add(_markers.RowOf(new ResourceKey(after.AccountId, after.Region, Marker), new NetworkMarker()));
        }
        Add(rows, after, _vpcs, before.Vpcs, after.Vpcs);
        Add(rows, after, _subnets, before.Subnets, after.Subnets);
        Add(rows, after, _internetGateways, before.InternetGateways, after.InternetGateways);
        Add(rows, after, _egressOnlyGateways, before.EgressOnlyGateways, after.EgressOnlyGateways);
        Add(rows, after, _routeTables, before.RouteTables, after.RouteTables);
        Add(rows, after, _natGateways, before.NatGateways, after.NatGateways);
        Add(rows, after, _addresses, before.Addresses, after.Addresses);
        Add(rows, after, _securityGroups, before.SecurityGroups, after.SecurityGroups);
        Add(rows, after, _networkAcls, before.NetworkAcls, after.NetworkAcls);
        Add(rows, after, _vpcEndpoints, before.VpcEndpoints, after.VpcEndpoints);
        Add(rows, after, _networkInterfaces, before.NetworkInterfaces, after.NetworkInterfaces);
        Add(rows, after, _dhcpOptions, before.DhcpOptions, after.DhcpOptions);
        Add(rows, after, _prefixLists, before.PrefixLists, after.PrefixLists);
        Add(rows, after, _peeringConnections, before.PeeringConnections, after.PeeringConnections);
        await store.WriteAsync(rows);
        if (isNew)
            _kept.Add(owner);
    }

    /// <summary>After the store was emptied.</summary>
    public void Forget() => _kept.Clear();

    private static Resources<T> Read<T>(DocumentTable<T> table, ResourceKey of)
        where T : Resource =>
        Resources<T>.Of(
            table.AtStart.Where(row => row.Key.AccountId == of.AccountId && row.Key.Region == of.Region).Select(row => row.Value)
        );

    private static void Add<T>(List<Row> rows, Network of, DocumentTable<T> table, Resources<T> before, Resources<T> after)
        where T : Resource
    {
        foreach (var (id, value) in after.ChangesSince(before))
            rows.Add(table.RowOf(new ResourceKey(of.AccountId, of.Region, id), value));
    }
}

internal sealed record NetworkMarker;
