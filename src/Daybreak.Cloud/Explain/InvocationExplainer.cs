using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>Checks an invocation stage by stage with the same rules as the real one, without invoking.</summary>
/// <param name="networkOf">Returns the current network of an account in a Region.</param>
/// <param name="interfaceOf">Returns the id of an instance's network interface.</param>
/// <param name="functionsOf">Returns all functions of an account.</param>
internal sealed class InvocationExplainer(
    InstanceFacts databases,
    Func<string, string, Network> networkOf,
    Func<InstanceName, string> interfaceOf,
    Explainer explainer,
    ExplainOptions options,
    Func<string, DeployedFunctions> functionsOf
)
{
    private static readonly LambdaSettings Unknown = LambdaSettings.Defaults;

    /// <exception cref="AwsException">The database does not exist, or there are several.</exception>
    public async Task<(DatabaseFacts Database, ImmutableArray<Stage> Stages)> ExplainAsync(InvocationQuestion question)
    {
        var database = databases.Find(question.Database) switch
        {
            [var only] => only,
            [] => throw AwsException.Sender(
                "DBInstanceNotFound",
                $"There is no DB instance or DB cluster {question.Database}, or the cluster has no instance.",
                System.Net.HttpStatusCode.NotFound
            ),
            var several => throw AwsException.Sender(
                "ValidationError",
                $"{question.Database} may be {string.Join(" or ", several.Select(static one => one.Arn))}: name the one that is "
                    + "meant by its ARN."
            ),
        };
        return (database, await ExplainAsync(database, question));
    }

    public async Task<ImmutableArray<Stage>> ExplainAsync(DatabaseFacts database, InvocationQuestion question)
    {
        var (name, user) = (question.DatabaseName ?? database.DatabaseName, question.User ?? database.MasterUser);
        var server = await databases.AskAsync(database, name, user);
        var settings = server?.Settings ?? Unknown;
        if (question.Session is { } session)
            settings = settings with
            {
                Region = session.Region,
                ConnectTimeoutMs = session.ConnectTimeoutMs,
                RequestTimeoutMs = session.RequestTimeoutMs,
            };

        var aws = new RegionalCommands(database.Name.Region, options.Region);

        // 1. PostgreSQL and its bridge.
        var stages = ImmutableArray.CreateBuilder<Stage>();
        stages.Add(ServerStages.OfInstance(database, server, aws));
        stages.AddRange(ServerStages.Of(database, server, name, user, aws));

        // 2. The function of the call.
        if (InvokedFunction.Of(question, database, settings.Region, out var defect) is not { } function)
        {
            stages.Add(
                Stage.Failed("target", defect, Stage.FixOf("Name the function by its ARN, or by its name and Region."), question.Function)
            );
            return stages.ToImmutable();
        }
        stages.Add(Stage.Ok("target", $"The call means {function.Arn}.", function.Arn));

        // 3. The network path.
        var network = networkOf(database.Name.AccountId, database.Name.Region);
        var (way, path) = options.EnforcesNetwork
            ? NetworkStage.Of(network, interfaceOf(database.Name), database, settings, function.Region, aws)
            : (NetworkStage.Off, null);
        stages.Add(way);

        // 4. The caller and its permissions.
        var permissions = new PermissionStages(explainer, options.EnforcesIam).Of(database, function, aws).ToList();
        stages.AddRange(permissions);
        if (path?.EndpointId is { } endpoint)
            stages.Add(EndpointPolicy(network, path, endpoint, database, function, aws));

        // 5. The function.
        stages.AddRange(
            new FunctionStages(explainer).Of(function, database.Name.AccountId, functionsOf(function.AccountId), settings, user)
        );
        return stages.ToImmutable();
    }

    private Stage EndpointPolicy(
        Network network,
        NetworkPath path,
        string endpoint,
        DatabaseFacts database,
        InvokedFunction function,
        RegionalCommands aws
    )
    {
        if (!options.EnforcesIam)
            return Stage.Ok("endpointPolicy", "IAM is off: no policy is evaluated.", endpoint);
        if (database.RoleArn is not { } role || !explainer.Exists(role) || Routes.Of(path, network).EndpointPolicy is not { } policy)
            return Stage.NotReached("endpointPolicy", "It is evaluated for calls of a role.");
        var asked = explainer.RequestOf(
            new Question(
                role,
                new ServiceAction("lambda:InvokeFunction"),
                function.Arn,
                new ContextKeys
                {
                    { "aws:SourceVpce", endpoint },
                    { "aws:SourceVpc", path.VpcId },
                    { "aws:VpcSourceIp", $"{path.PrivateAddress}" },
                }
            )
        );
        var decision = PolicyEvaluator.DecideAtEndpoint(asked, policy, new Decision(Outcome.Allow, null, []));
        return decision.IsAllowed
            ? Stage.Ok("endpointPolicy", $"The policy of {endpoint} lets it through.", endpoint)
            : Stage.Failed(
                "endpointPolicy",
                $"{DenialMessage.For(asked, decision)}.",
                Stage.FixOf(
                    $"Give {endpoint} its default policy again, which lets everything through.",
                    aws.Of("ec2 modify-vpc-endpoint", ("vpc-endpoint-id", endpoint), ("reset-policy", null))
                ),
                endpoint
            );
    }
}
