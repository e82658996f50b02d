using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Explain.Fixes;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Vpcs;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>Checks the ways out of a function with the same rules as its connections, from each of its subnets.</summary>
/// <param name="functionOf">Returns the version that a name or ARN means in an account and Region; null when there is none.</param>
/// <param name="networkOf">Returns the current network of an account in a Region.</param>
/// <param name="interfaceIn">Returns the interface of functions in a subnet with these security groups.</param>
/// <param name="interfaceOf">Returns the id of an instance's network interface.</param>
internal sealed class ReachExplainer(
    InstanceFacts databases,
    Func<string, string?, FunctionState?> functionOf,
    Func<string, string, Network> networkOf,
    Func<Network, string, IReadOnlyList<string>, NetworkInterface?> interfaceIn,
    Func<InstanceName, string> interfaceOf,
    ImmutableArray<string> services,
    ExplainOptions options
)
{
    private const string Network = "network";

    /// <exception cref="AwsException">The function or the target does not exist, or there are several.</exception>
    public async Task<ImmutableArray<Stage>> ExplainAsync(ReachQuestion question)
    {
        var function =
            functionOf(question.Function, question.Region)
            ?? throw AwsException.Sender(
                "ResourceNotFoundException",
                $"There is no function {question.Function} in {question.Region ?? options.Region}.",
                HttpStatusCode.NotFound
            );
        var database = services.Contains(question.Target, StringComparer.OrdinalIgnoreCase) ? null : DatabaseOf(question.Target);
        var stages = ImmutableArray.CreateBuilder<Stage>();
        stages.Add(Place(function));
        if (!options.EnforcesNetwork)
            stages.Add(NetworkStage.Off);
        else if (function.Vpc is { } vpc)
        {
            foreach (var subnet in vpc.SubnetIds)
                stages.Add(Way(function, vpc, subnet, database, question.Target));
        }
        if (database is not null)
        {
            var server = await databases.AskAsync(database, database.DatabaseName, database.MasterUser);
            stages.Add(ServerStages.OfInstance(database, server, new RegionalCommands(database.Name.Region, options.Region)));
        }
        return stages.ToImmutable();
    }

    private DatabaseFacts DatabaseOf(string target) =>
        databases.Find(target) switch
        {
            [var only] => only,
            [] => throw AwsException.Sender(
                "DBInstanceNotFound",
                $"There is no DB instance or DB cluster {target}, or the cluster has no instance; services are "
                    + $"{string.Join(", ", services)}.",
                HttpStatusCode.NotFound
            ),
            var several => throw AwsException.Sender(
                "ValidationError",
                $"{target} may be {string.Join(" or ", several.Select(static one => one.Arn))}: name the one that is meant by its ARN."
            ),
        };

    private static Stage Place(FunctionState function)
    {
        var arn = (function.Reference with { Qualifier = function.Number == 0 ? null : function.Version }).Arn;
        return function.Vpc is { } vpc
            ? Stage.Ok(
                "vpc",
                $"{arn} is in {vpc.VpcId}, in {string.Join(" or ", vpc.SubnetIds)}, with {string.Join(", ", vpc.SecurityGroupIds)}.",
                [arn, vpc.VpcId, .. vpc.SubnetIds, .. vpc.SecurityGroupIds]
            )
            : Stage.Ok("vpc", $"{arn} is in no VPC: it reaches every API and every database here.", arn);
    }

    private Stage Way(FunctionState function, FunctionVpc vpc, string subnet, DatabaseFacts? database, string service)
    {
        var network = networkOf(function.AccountId, function.Region);
        if (interfaceIn(network, subnet, vpc.SecurityGroupIds) is not { } source)
            return Stage.NotReached(Network, $"The function has no network interface in {subnet} yet.");
        var aws = new RegionalCommands(function.Region, options.Region);
        var commands = Commands(function, vpc, aws);
        if (database is null)
        {
            var host = ApiHost.Of(service.ToLowerInvariant(), AwsRegion.Parse(function.Region));
            var toApi = PathFinder.Find(network, source, host);
            var by = toApi.EndpointId is { } endpoint ? $" through {endpoint}" : $" over the internet, as {toApi.PublicAddress}";
            return Of(source, toApi, host.Name, by, () => PathFix.Of(network, source, host, aws, commands));
        }
        if (network.NetworkInterfaces.Find(interfaceOf(database.Name)) is not { } target)
        {
            return Stage.Failed(
                Network,
                $"{source.Id} in {subnet} does not reach {database.Identifier}, which is in no VPC of {function.Region} in the function's "
                    + "account.",
                Stage.FixOf("Use a database of the function's account and Region."),
                source.Id
            );
        }
        var path = PathFinder.Find(network, source, target, database.Port);
        return Of(
            source,
            path,
            $"{database.Identifier} ({target.PrivateIp})",
            "",
            () => PathFix.Of(network, source, target, database.Port, aws, commands)
        );
    }

    private static Stage Of(NetworkInterface source, NetworkPath path, string target, string by, Func<ImmutableArray<FixStep>> fix)
    {
        var hops = path.Hops.Select(static hop => new StageHop(hop.Kind, hop.Passes, HopText.Of(hop), hop.Evidence));
        var stage = path.IsOpen
            ? Stage.Ok(Network, $"{source.Id} in {source.SubnetId} reaches {target}{by}.", source.Id, source.SubnetId)
            : Stage.Failed(
                Network,
                $"{source.Id} in {source.SubnetId} does not reach {target}: {HopText.Of(path.Obstacles.First())}",
                fix(),
                source.Id,
                source.SubnetId
            );
        return stage with { Hops = [.. hops] };
    }

    private static SourceCommands Commands(FunctionState function, FunctionVpc vpc, RegionalCommands aws) =>
        new(
            MakePublic: null,
            SetGroups: aws.Of("lambda update-function-configuration", ("function-name", function.FunctionName))
                + $" --vpc-config SubnetIds={string.Join(',', vpc.SubnetIds)},SecurityGroupIds=",
            FindPrivateNames: []
        )
        {
            Noun = "function",
            HasGroupsInOneWord = true,
        };
}
