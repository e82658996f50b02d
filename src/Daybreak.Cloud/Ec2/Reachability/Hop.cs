using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.RouteTables;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>One step of a path with what decided about it. One that does not pass is an obstacle.</summary>
internal abstract record Hop
{
    public abstract bool Passes { get; }

    /// <summary>As in JSON: <c>securityGroupEgress</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Ids of the resources that decided.</summary>
    public abstract ImmutableArray<string> Evidence { get; }
}

/// <summary>The name's answer from the resolver of the VPC.</summary>
/// <param name="Address">What it leads to; when there is no answer, what it would lead to.</param>
/// <param name="Endpoint">The VPC endpoint behind the address.</param>
/// <param name="Unused">An endpoint of the VPC for the same service that the name does not lead to.</param>
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
    /// <summary>The VPC has its resolver switched off.</summary>
    NoResolver,

    /// <summary>Nobody here has such an endpoint.</summary>
    UnknownEndpoint,

    /// <summary>The name leads to private addresses of another VPC.</summary>
    EndpointElsewhere,
}

/// <summary>An endpoint that the service's ordinary name would lead to if it had private DNS, the VPC host names, and the database asked
/// there.</summary>
internal sealed record UnusedEndpoint(string Id, bool HasPrivateDns, bool HasHostNames);

/// <summary>Whether security groups let the connection out (of the database) or in (to an endpoint).</summary>
/// <param name="Holder">The interface that has the groups.</param>
/// <param name="Peer">Where the connection goes, or comes from.</param>
/// <param name="PeerGroups">The groups of the interface there; empty on the internet.</param>
/// <param name="Rule">The rule that admits it; null: none does.</param>
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
    public override bool Passes => Rule is not null;

    public override string Kind => IsEgress ? "securityGroupEgress" : "endpointSecurityGroupIngress";

    public override ImmutableArray<string> Evidence => Rule is null ? Groups : [Group!, Rule];
}

/// <summary>Whether the ACL of a subnet lets packets of one direction through. It knows no connections: answers have to pass,
/// too.</summary>
/// <param name="Ports">Destination ports of the packets.</param>
/// <param name="Entry">The entry that decided, for some of the ports.</param>
internal sealed record AclHop(string Acl, string Subnet, bool IsEgress, IPAddress Peer, PortRange Ports, NetworkAclEntry Entry) : Hop
{
    public override bool Passes => Entry.Allows;

    public override string Kind => IsEgress ? "networkAclOutbound" : "networkAclInbound";

    public override ImmutableArray<string> Evidence => [Acl, Subnet];
}

/// <summary>Where the route table of a subnet sends packets.</summary>
/// <param name="Route">The most specific that leads there; null: none does.</param>
/// <param name="Needed">What the target has to be.</param>
/// <param name="Peering">The connection that the target has to be, of those.</param>
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
            RouteNeed.PeeringConnection => Route.Target.Kind == RouteTargetKind.PeeringConnection && Route.Target.Id == Peering,
            RouteNeed.InternetGateway => Route.Target.Kind == RouteTargetKind.InternetGateway,
            _ => Route.Target.Kind is RouteTargetKind.InternetGateway or RouteTargetKind.NatGateway,
        };

    public override string Kind => "route";

    public override ImmutableArray<string> Evidence =>
        Route is null or { Target.Kind: RouteTargetKind.Local } ? [Table, Subnet] : [Table, Subnet, Route.Target.Id];
}

internal enum RouteNeed
{
    /// <summary>Inside of the VPC.</summary>
    Local,

    /// <summary>To the peer of the VPC.</summary>
    PeeringConnection,

    /// <summary>From a NAT gateway to the internet.</summary>
    InternetGateway,

    /// <summary>From a database to the internet.</summary>
    InternetOrNatGateway,
}

/// <summary>Whether the internet can answer: an internet gateway translates only for interfaces with a public address.</summary>
internal sealed record PublicAddressHop(string Interface, string Gateway, IPAddress? Address) : Hop
{
    public override bool Passes => Address is not null;

    public override string Kind => "publicAddress";

    public override ImmutableArray<string> Evidence => [Interface, Gateway];
}

/// <summary>Whether a NAT gateway leads to the internet at all.</summary>
/// <param name="Address">Where the internet sees it; null for a private one.</param>
internal sealed record NatHop(string Gateway, string Subnet, IPAddress? Address) : Hop
{
    public override bool Passes => Address is not null;

    public override string Kind => "natGateway";

    public override ImmutableArray<string> Evidence => [Gateway, Subnet];
}
