using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain.Fixes;

/// <summary>Finds the changes that open a path. Each step is applied to a copy of the network before the next one is searched for, so that
/// the steps together are sufficient. Pure.</summary>
internal static class PathFix
{
    // Every step removes one obstacle, and may reveal the next.
    private const int MostSteps = 16;

    /// <summary>Returns no steps when the path is open. A step without commands describes what no command can do, and is the
    /// last.</summary>
    /// <param name="aws">Commands of the network's Region.</param>
    public static ImmutableArray<FixStep> Of(
        Network network,
        NetworkInterface source,
        ApiHost host,
        RegionalCommands aws,
        SourceCommands from
    ) => Of(network, source.Id, (network, source) => PathFinder.Find(network, source, host), aws, from);

    /// <summary>The same for a path to a database.</summary>
    /// <param name="target">Its interface.</param>
    /// <param name="port">Its TCP port.</param>
    public static ImmutableArray<FixStep> Of(
        Network network,
        NetworkInterface source,
        NetworkInterface target,
        int port,
        RegionalCommands aws,
        SourceCommands from
    ) => Of(network, source.Id, (network, source) => PathFinder.Find(network, source, target, port), aws, from);

    private static ImmutableArray<FixStep> Of(
        Network network,
        string sourceId,
        Func<Network, NetworkInterface, NetworkPath> find,
        RegionalCommands aws,
        SourceCommands from
    )
    {
        var source = network.NetworkInterfaces.Find(sourceId)!;
        var steps = ImmutableArray.CreateBuilder<FixStep>();
        while (steps.Count < MostSteps && find(network, source) is { IsOpen: false } path)
        {
            var (step, changed) = path.Obstacles.First() switch
            {
                NameHop name => OfName(network, name, aws),
                GroupHop group => new GroupFix(network, aws).Of(group, path.EndpointId, from),
                AclHop acl => new AclFix(network, aws).Of(acl),
                RouteHop route => new RouteFix(network, aws, from).Of(source, path, route),
                NatHop => new RouteFix(network, aws, from).ToEndpoint(source, path),
                PublicAddressHop when from.MakePublic is null || RouteFix.HasGateway(path, network) => new RouteFix(
                    network,
                    aws,
                    from
                ).ToEndpoint(source, path),
                PublicAddressHop => MakePublic(network, source, aws, from),
                var other => throw new InvalidOperationException($"No fix is known for {other.Kind}."),
            };
            steps.Add(step);
            if (changed is null)
                break;
            network = changed;
            source = network.NetworkInterfaces.Find(source.Id)!;
        }
        return steps.ToImmutable();
    }

    public static (FixStep, Network?) Nothing(string what) => (new FixStep(what, null, []), null);

    /// <summary>Enables a VPC's resolver and host names, without which it has neither private DNS nor public databases.</summary>
    public static (ImmutableArray<string> Commands, Network Changed) WithNames(Network network, string vpcId, RegionalCommands aws)
    {
        var vpc = network.Vpcs.Find(vpcId)!;
        ImmutableArray<string> commands =
        [
            .. vpc.EnableDnsSupport ? (string[])[] : [EnableAttribute(vpcId, "enable-dns-support", aws)],
            .. vpc.EnableDnsHostnames ? (string[])[] : [EnableAttribute(vpcId, "enable-dns-hostnames", aws)],
        ];
        return (commands, network with { Vpcs = network.Vpcs.With(vpc with { EnableDnsSupport = true, EnableDnsHostnames = true }) });
    }

    private static string EnableAttribute(string vpc, string option, RegionalCommands aws) =>
        aws.Of("ec2 modify-vpc-attribute", ("vpc-id", vpc), (option, "Value=true"));

    private static (FixStep, Network?) OfName(Network network, NameHop hop, RegionalCommands aws) =>
        hop.Failure switch
        {
            NameFailure.NoResolver => (
                new FixStep(
                    $"Let Amazon's resolver answer in the VPC {hop.VpcId}.",
                    null,
                    [EnableAttribute(hop.VpcId, "enable-dns-support", aws)]
                ),
                network with
                {
                    Vpcs = network.Vpcs.With(network.Vpcs.Find(hop.VpcId)! with { EnableDnsSupport = true }),
                }
            ),
            NameFailure.EndpointElsewhere => Nothing(
                $"{hop.Host.Name} is a name of an endpoint in another VPC: let aws_lambda.endpoint_override name one of "
                    + $"{hop.VpcId}, or reset it."
            ),
            _ => Nothing(
                $"Nobody has the endpoint of {hop.Host.Name}: let aws_lambda.endpoint_override name one that is there, or reset it."
            ),
        };

    private static (FixStep, Network?) MakePublic(Network network, NetworkInterface source, RegionalCommands aws, SourceCommands from)
    {
        var (commands, named) = WithNames(network, source.VpcId, aws);
        return (
            new FixStep(
                "Give the database a public address: an internet gateway lets only those out.",
                null,
                [.. commands, from.MakePublic!]
            ),
            named with
            {
                NetworkInterfaces = network.NetworkInterfaces.With(source with { PublicIp = source.PrivateIp }),
            }
        );
    }
}
