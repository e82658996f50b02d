using System.Net;
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

/// <summary>The whole network of one account in one Region at one moment. It is immutable, so it is read without a lock.</summary>
internal sealed record Network
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>Grows with every change, so that equal versions of one account and Region are the same network.</summary>
    public long Version { get; init; }

    public Resources<Vpc> Vpcs { get; init; } = Resources<Vpc>.Empty;

    public Resources<Subnet> Subnets { get; init; } = Resources<Subnet>.Empty;

    public Resources<InternetGateway> InternetGateways { get; init; } = Resources<InternetGateway>.Empty;

    public Resources<EgressOnlyGateway> EgressOnlyGateways { get; init; } = Resources<EgressOnlyGateway>.Empty;

    public Resources<RouteTable> RouteTables { get; init; } = Resources<RouteTable>.Empty;

    public Resources<NatGateway> NatGateways { get; init; } = Resources<NatGateway>.Empty;

    public Resources<ElasticAddress> Addresses { get; init; } = Resources<ElasticAddress>.Empty;

    public Resources<SecurityGroup> SecurityGroups { get; init; } = Resources<SecurityGroup>.Empty;

    public Resources<NetworkAcl> NetworkAcls { get; init; } = Resources<NetworkAcl>.Empty;

    public Resources<VpcEndpoint> VpcEndpoints { get; init; } = Resources<VpcEndpoint>.Empty;

    public Resources<NetworkInterface> NetworkInterfaces { get; init; } = Resources<NetworkInterface>.Empty;

    public Resources<DhcpOptionsSet> DhcpOptions { get; init; } = Resources<DhcpOptionsSet>.Empty;

    public Resources<PeeringConnection> PeeringConnections { get; init; } = Resources<PeeringConnection>.Empty;

    /// <summary>Prefix lists of the customer.</summary>
    public Resources<PrefixList> PrefixLists { get; init; } = Resources<PrefixList>.Empty;

    /// <summary>Null when there is no default VPC.</summary>
    public Vpc? DefaultVpc => Vpcs.All.FirstOrDefault(vpc => vpc.IsDefault);

    /// <summary>The route table of a subnet: its own, otherwise the main table of its VPC.</summary>
    public RouteTable RouteTableOf(Subnet subnet) =>
        RouteTables.All.FirstOrDefault(table => table.Associations.Any(association => association.SubnetId == subnet.Id))
        ?? MainRouteTable(subnet.VpcId);

    public RouteTable MainRouteTable(string vpcId) => RouteTables.All.First(table => table.VpcId == vpcId && table.IsMain);

    public NetworkAcl NetworkAclOf(Subnet subnet) =>
        NetworkAcls.All.First(acl => acl.VpcId == subnet.VpcId && acl.Associations.Any(association => association.SubnetId == subnet.Id));

    public NetworkAcl DefaultNetworkAcl(string vpcId) => NetworkAcls.All.First(acl => acl.VpcId == vpcId && acl.IsDefault);

    public SecurityGroup DefaultSecurityGroup(string vpcId) => SecurityGroups.All.First(group => group.VpcId == vpcId && group.IsDefault);

    /// <summary>The Elastic IP address of an interface; null when it has none.</summary>
    public ElasticAddress? ElasticAddressOf(NetworkInterface networkInterface) =>
        Addresses.All.FirstOrDefault(address => address.Association?.NetworkInterfaceId == networkInterface.Id);

    /// <summary>The public address of an interface; null when it has none.</summary>
    public IPAddress? PublicAddressOf(NetworkInterface networkInterface) =>
        ElasticAddressOf(networkInterface)?.PublicIp ?? networkInterface.PublicIp;

    /// <summary>The active peering connection between two VPCs; null when there is none.</summary>
    public PeeringConnection? ActivePeering(string vpcId, string otherVpcId) =>
        PeeringConnections.All.FirstOrDefault(peering => peering.IsActive && peering.Joins(vpcId, otherVpcId));

    /// <summary>Whether the target of a route in the VPC accepts packets.</summary>
    public RouteState StateOf(Route route, string vpcId)
    {
        var id = route.Target.Id;
        var works = route.Target.Kind switch
        {
            RouteTargetKind.Local => true,
            RouteTargetKind.InternetGateway => InternetGateways.Find(id)?.VpcId == vpcId,
            RouteTargetKind.EgressOnlyGateway => EgressOnlyGateways.Find(id) is not null,
            RouteTargetKind.NatGateway => NatGateways.Find(id) is { DeleteTime: null },
            RouteTargetKind.PeeringConnection => PeeringConnections.Find(id) is { IsActive: true },
            RouteTargetKind.NetworkInterface => NetworkInterfaces.Find(id) is { Attachment: not null },
            _ => VpcEndpoints.Find(id) is not null,
        };
        return works ? RouteState.Active : RouteState.Blackhole;
    }
}
