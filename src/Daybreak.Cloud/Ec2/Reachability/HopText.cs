using Daybreak.Cloud.Ec2.RouteTables;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Describes hops in sentences.</summary>
internal static class HopText
{
    public static string Of(Hop hop) =>
        hop switch
        {
            NameHop name => Of(name),
            GroupHop { IsEgress: true, Rule: { } rule } group => $"Rule {rule} of {group.Group} lets TCP {group.Port} out to {group.Peer}.",
            GroupHop { IsEgress: true } group => $"No egress rule of {Joined(group.Groups)} lets TCP {group.Port} out to {group.Peer}.",
            GroupHop { Rule: { } rule } group =>
                $"Rule {rule} of {group.Group} admits TCP {group.Port} from {group.Peer} to the {Server(group)}.",
            GroupHop group =>
                $"No ingress rule of {Joined(group.Groups)}, the {Server(group)}'s, admits TCP {group.Port} from {group.Peer}.",
            AclHop acl => $"Entry {Number(acl.Entry.RuleNumber)} of {acl.Acl} {(acl.Passes ? "lets" : "denies")} TCP "
                + $"{(acl.IsEgress ? "out of" : "into")} {acl.Subnet}, "
                + $"{(acl.IsEgress ? "to" : "from")} {acl.Peer}, port{Ports(acl)}.",
            RouteHop route => Of(route),
            PublicAddressHop { Address: { } address } => $"The internet sees the database as {address}.",
            PublicAddressHop found => $"{found.Interface} has no public address: {found.Gateway} lets only public ones out.",
            NatHop { Address: { } address } nat => $"{nat.Gateway} leads to the internet, which sees {address}.",
            NatHop nat => $"{nat.Gateway} is private: it leads to no internet.",
            _ => throw new ArgumentException($"{hop.Kind} has no words.", nameof(hop)),
        };

    private static string Of(NameHop hop) =>
        hop.Failure switch
        {
            NameFailure.NoResolver => $"{hop.Host.Name} is not resolved: {hop.VpcId} has DNS support switched off.",
            NameFailure.UnknownEndpoint => $"{hop.Host.Name} is not resolved: there is no such endpoint.",
            NameFailure.EndpointElsewhere => $"{hop.Host.Name} leads to {hop.Endpoint ?? "an endpoint"} of another VPC than {hop.VpcId}.",
            _ when hop.Endpoint is { } endpoint => $"{hop.Host.Name} is {hop.Address}, {hop.Interface} of {endpoint}.",
            _ => $"{hop.Host.Name} is a public address, {hop.Address} say{Unused(hop)}.",
        };

    private static string Unused(NameHop hop) =>
        hop.Unused switch
        {
            { HasPrivateDns: false, Id: var id } => $"; {id} has no private DNS name",
            { HasHostNames: false, Id: var id } => $"; the private DNS name of {id} needs enableDnsHostnames of {hop.VpcId}",
            { Id: var id } => $"; the private DNS name of {id} needs rds.custom_dns_resolution = 1",
            null => "",
        };

    private static string Of(RouteHop hop) =>
        hop switch
        {
            { Route: null } => $"{hop.Table}, the route table of {hop.Subnet}, has no route to {hop.Destination}.",
            { State: RouteState.Blackhole } => $"{hop.Table} routes {hop.Subnet} to {hop.Route.Target.Id}, which is gone or detached.",
            { Passes: false, Needed: RouteNeed.PeeringConnection } =>
                $"{hop.Table} routes {hop.Subnet} to {Target(hop.Route)}, not to {hop.Peering ?? "another VPC"}.",
            { Passes: false } => $"{hop.Table} routes {hop.Subnet} to {hop.Route.Target.Id}, which leads elsewhere.",
            _ => $"{hop.Table} routes {hop.Subnet} to {Target(hop.Route)}.",
        };

    private static string Server(GroupHop group) => group.IsToApi ? "endpoint" : "database";

    private static string Target(Route route) => route.Target.Kind == RouteTargetKind.Local ? "the rest of the VPC" : route.Target.Id;

    private static string Joined(IEnumerable<string> groups) => string.Join(", ", groups);

    private static string Number(int rule) => rule > NetworkAcls.NetworkAclEntry.MostRuleNumber ? "*" : $"{rule}";

    private static string Ports(AclHop acl) =>
        acl.Ports.From == acl.Ports.To ? $" {acl.Ports.From}" : $"s {acl.Ports.From} to {acl.Ports.To}";
}
