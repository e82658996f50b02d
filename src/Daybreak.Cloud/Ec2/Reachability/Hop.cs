using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.RouteTables;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>One hop of a path and the resources that decided about it. A hop that does not pass is an obstacle.</summary>
internal abstract record Hop
{
    public abstract bool Passes { get; }

    /// <summary>The kind in JSON: <c>securityGroupEgress</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Ids of the resources that decided.</summary>
    public abstract ImmutableArray<string> Evidence { get; }
}

/// <summary>The answer of the VPC's resolver for the name.</summary>
/// <param name="Address">Address of the name; when there is no answer, the address that it would have.</param>
/// <param name="Endpoint">VPC endpoint that has the address.</param>
/// <param name="Unused">Endpoint of the VPC for the same service that the name does not lead to.</param>
internal sealed record NameHop(
    ApiHost Host,
    IPAddress? Address,
    string VpcId,
    string? Endpoint,
    string? Interface,
    UnusedEndpoint? Unused,
    NameFailure? Failure
) : Hop
{
    public override bool Passes => Failure is null;

    public override string Kind => "name";

    public override ImmutableArray<string> Evidence => [VpcId, .. new[] { Endpoint, Interface, Unused?.Id }.OfType<string>()];
}

internal enum NameFailure
{
    /// <summary>The VPC's resolver is switched off.</summary>
    NoResolver,

    /// <summary>The endpoint does not exist.</summary>
    UnknownEndpoint,

    /// <summary>The name leads to private addresses of another VPC.</summary>
    EndpointElsewhere,
}

/// <summary>An endpoint that the service's ordinary name would lead to if the endpoint had private DNS, the VPC had DNS host names, and
/// the database used the VPC's resolver.</summary>
internal sealed record UnusedEndpoint(string Id, bool HasPrivateDns, bool HasHostNames);

/// <summary>Whether security groups let the connection out (of a database or function) or in (to an endpoint or a database).</summary>
/// <param name="Holder">Interface that has the groups.</param>
/// <param name="Peer">Address of the other end.</param>
/// <param name="PeerGroups">Groups of the interface there; empty on the internet.</param>
/// <param name="Rule">Rule that admits the connection; null when none does.</param>
internal sealed record GroupHop(
    bool IsEgress,
    string Holder,
    ImmutableArray<string> Groups,
    IPAddress Peer,
    ImmutableArray<string> PeerGroups,
    string? Group,
    string? Rule
) : Hop
{
    /// <summary>TCP port of the server.</summary>
    public int Port { get; init; } = ApiHost.Port;

    /// <summary>Whether the server is an API, behind an endpoint or on the internet; otherwise it is a database.</summary>
    public bool IsToApi => Port == ApiHost.Port; // no database may have this port

    public override bool Passes => Rule is not null;

    public override string Kind =>
        IsEgress ? "securityGroupEgress"
        : IsToApi ? "endpointSecurityGroupIngress"
        : "databaseSecurityGroupIngress";

    public override ImmutableArray<string> Evidence => Rule is null ? Groups : [Group!, Rule];
}

/// <summary>Whether the ACL of a subnet admits packets in one direction. An ACL is stateless, so that responses need an entry,
/// too.</summary>
/// <param name="Ports">Destination ports of the packets.</param>
/// <param name="Entry">Entry that decided, at least for some of the ports.</param>
internal sealed record AclHop(string Acl, string Subnet, bool IsEgress, IPAddress Peer, PortRange Ports, NetworkAclEntry Entry) : Hop
{
    public override bool Passes => Entry.Allows;

    public override string Kind => IsEgress ? "networkAclOutbound" : "networkAclInbound";

    public override ImmutableArray<string> Evidence => [Acl, Subnet];
}

/// <summary>Where the route table of a subnet sends packets.</summary>
/// <param name="Route">The most specific matching route; null when none matches.</param>
/// <param name="Needed">Kind that the target has to be.</param>
/// <param name="Peering">Peering connection that the target has to be; null for other kinds.</param>
internal sealed record RouteHop(
    string Table,
    string Subnet,
    IPAddress Destination,
    Route? Route,
    RouteState State,
    RouteNeed Needed,
    string? Peering = null
) : Hop
{
    public override bool Passes =>
        Route is not null
        && State == RouteState.Active
        && Needed switch
        {
            RouteNeed.Local => Route.Target.Kind == RouteTargetKind.Local,
            RouteNeed.PeeringConnection => Peering is not null
                && Route.Target.Kind == RouteTargetKind.PeeringConnection
                && Route.Target.Id == Peering,
            // A gateway endpoint leads to the very service whose addresses are in its route.
            RouteNeed.InternetGateway => Route.Target.Kind is RouteTargetKind.InternetGateway or RouteTargetKind.GatewayEndpoint,
            _ => Route.Target.Kind is RouteTargetKind.InternetGateway or RouteTargetKind.NatGateway or RouteTargetKind.GatewayEndpoint,
        };

    /// <summary>The gateway endpoint that the packets go through; null for other targets.</summary>
    public string? GatewayEndpoint => Passes && Route!.Target.Kind == RouteTargetKind.GatewayEndpoint ? Route.Target.Id : null;

    public override string Kind => "route";

    public override ImmutableArray<string> Evidence =>
        Route is null or { Target.Kind: RouteTargetKind.Local } ? [Table, Subnet] : [Table, Subnet, Route.Target.Id];
}

internal enum RouteNeed
{
    /// <summary>Inside the VPC.</summary>
    Local,

    /// <summary>To a peer of the VPC.</summary>
    PeeringConnection,

    /// <summary>From a NAT gateway to the internet.</summary>
    InternetGateway,

    /// <summary>From a database to the internet.</summary>
    InternetOrNatGateway,
}

/// <summary>Whether the internet can respond: an internet gateway translates only for interfaces with a public address.</summary>
internal sealed record PublicAddressHop(string Interface, string Gateway, IPAddress? Address) : Hop
{
    public override bool Passes => Address is not null;

    public override string Kind => "publicAddress";

    public override ImmutableArray<string> Evidence => [Interface, Gateway];
}

/// <summary>Whether a NAT gateway leads to the internet.</summary>
/// <param name="Address">Public address of the gateway; null for a private one.</param>
internal sealed record NatHop(string Gateway, string Subnet, IPAddress? Address) : Hop
{
    public override bool Passes => Address is not null;

    public override string Kind => "natGateway";

    public override ImmutableArray<string> Evidence => [Gateway, Subnet];
}
