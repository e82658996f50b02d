using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Iam.Explain;

namespace Daybreak.Cloud.Ec2.Reachability.Mending;

/// <summary>
/// Finds what has to change so that a path opens. Each step is tried on a copy of the network before the next is looked for, so that
/// the steps together are enough. Pure.
/// </summary>
internal static class PathMending
{
    // Every step removes one obstacle, and may show the next.
    private const int MostSteps = 16;

    /// <summary>Empty when the path is open. A step without commands says what no command can do, and is the last.</summary>
    public static ImmutableArray<MendingStep> Of(Network network, NetworkInterface source, ApiHost host, DatabaseCommands database)
    {
        var steps = ImmutableArray.CreateBuilder<MendingStep>();
        while (steps.Count < MostSteps && PathFinder.Find(network, source, host) is { IsOpen: false } path)
        {
            var (step, mended) = path.Obstacles.First() switch
            {
                NameHop name => OfName(network, name),
                GroupHop group => MendedRules.OfGroup(network, group),
                AclHop acl => MendedRules.OfAcl(network, acl),
                RouteHop route => MendedRoutes.Of(network, source, path, route, database),
                NatHop => MendedRoutes.NewEndpoint(network, source, host, database),
                PublicAddressHop => MakePublic(network, source, database.MakePublic),
                var other => throw new InvalidOperationException($"No mending is known for {other.Kind}."),
            };
            steps.Add(step);
            if (mended is null)
                break;
            network = mended;
            source = network.NetworkInterfaces.Find(source.Id)!;
        }
        return steps.ToImmutable();
    }

    public static (MendingStep, Network?) Nothing(string what) => (new MendingStep(what, null, []), null);

    /// <summary>Turns an attribute of a VPC on.</summary>
    public static string EnableAttribute(string vpc, string option) =>
        AwsCommand.Of("ec2 modify-vpc-attribute", ("vpc-id", vpc), (option, "Value=true"));

    private static (MendingStep, Network?) OfName(Network network, NameHop hop) => hop.Failure switch
    {
        NameFailure.NoResolver => (
            new MendingStep($"Let Amazon's resolver answer in the VPC {hop.VpcId}.", null, [EnableAttribute(hop.VpcId, "enable-dns-support")]),
            network with { Vpcs = network.Vpcs.With(network.Vpcs.Find(hop.VpcId)! with { EnableDnsSupport = true }) }),
        NameFailure.EndpointElsewhere => Nothing($"{hop.Host.Name} is a name of an endpoint in another VPC: let aws_lambda.endpoint_override name one of {hop.VpcId}, or reset it."),
        _ => Nothing($"Nobody has the endpoint of {hop.Host.Name}: let aws_lambda.endpoint_override name one that is there, or reset it."),
    };

    private static (MendingStep, Network?) MakePublic(Network network, NetworkInterface source, string command) => (
        new MendingStep("Give the database a public address: an internet gateway lets only those out.", null, [command]),
        network with { NetworkInterfaces = network.NetworkInterfaces.With(source with { PublicIp = source.PrivateIp }) });
}

/// <summary>Commands that change the database rather than its network.</summary>
/// <param name="MakePublic">Gives it a public address.</param>
/// <param name="FindPrivateNames">Let private DNS names of endpoints lead it there: <c>rds.custom_dns_resolution</c>.</param>
internal sealed record DatabaseCommands(string MakePublic, ImmutableArray<string> FindPrivateNames);
