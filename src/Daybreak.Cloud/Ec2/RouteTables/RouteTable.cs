using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.RouteTables;

/// <summary>A route table as it is stored.</summary>
internal sealed record RouteTable : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<RouteTable> Set = new(
        ResourceKind.RouteTable,
        "route-table",
        "network_route_table",
        Ec2Json.Default.RouteTable,
        static network => network.RouteTables,
        static (network, all) => network with { RouteTables = all }
    );

    public required string VpcId { get; init; }

    public ImmutableArray<Route> Routes { get; init; } = [];

    public ImmutableArray<RouteTableAssociation> Associations { get; init; } = [];

    public string? ClientToken { get; init; }

    /// <summary>Whether it is the VPC's main table: the one of every subnet without an association of its own.</summary>
    [JsonIgnore]
    public bool IsMain => Associations.Any(association => association.IsMain);

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:RouteTableID", Id);
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }

    // What AWS made with the VPC is deleted with it; everything else has to be deleted before.
    public override bool KeepsVpc(string vpcId) => VpcId == vpcId && !IsMain;
}

/// <param name="SubnetId">The subnet; null for the association of a VPC with its main table.</param>
internal sealed record RouteTableAssociation(string AssociationId, string? SubnetId = null)
{
    [JsonIgnore]
    public bool IsMain => SubnetId is null;
}

/// <summary>The target of packets to a destination. The route's <see cref="RouteState"/> follows from it and is not
/// stored.</summary>
internal sealed record Route(RouteDestination Destination, RouteTarget Target)
{
    /// <summary>Whether it was made with the table rather than by CreateRoute.</summary>
    public bool IsFromTable { get; init; }
}

[JsonDerivedType(typeof(CidrDestination), "cidr")]
[JsonDerivedType(typeof(PrefixListDestination), "prefix-list")]
internal abstract record RouteDestination;

internal sealed record CidrDestination(Cidr Cidr) : RouteDestination;

internal sealed record PrefixListDestination(string PrefixListId) : RouteDestination;

/// <param name="Id">Id of the target; <c>local</c> for the VPC itself.</param>
internal sealed record RouteTarget(RouteTargetKind Kind, string Id)
{
    public static readonly RouteTarget Local = new(RouteTargetKind.Local, "local");
}

internal enum RouteTargetKind
{
    Local,
    InternetGateway,
    EgressOnlyGateway,
    NatGateway,
    PeeringConnection,
    NetworkInterface,
    GatewayEndpoint,
}

internal enum RouteState
{
    Active,

    /// <summary>The target is gone, detached or not available: packets are dropped.</summary>
    Blackhole,
}
