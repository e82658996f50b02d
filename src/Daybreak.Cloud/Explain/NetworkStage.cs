using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Explain.Fixes;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>The network's part of an explanation, hop by hop.</summary>
internal static class NetworkStage
{
    private const string Name = "network";

    public static Stage Off => Stage.Ok(Name, "The network is off: every API is reachable.");

    /// <param name="networkInterface">The id of the database's.</param>
    /// <returns>The stage, and the path if there is one.</returns>
    public static (Stage Stage, NetworkPath? Path) Of(
        Network network,
        string networkInterface,
        DatabaseFacts database,
        LambdaSettings settings,
        AwsRegion region,
        RegionalCommands aws
    )
    {
        if (network.NetworkInterfaces.Find(networkInterface) is not { } source)
            return (Stage.NotReached(Name, $"{database.Identifier} has no network interface."), null);
        var host = ApiHost.Of("lambda", region);
        if (settings.EndpointOverride.Length > 0 && !TryOverride(settings.EndpointOverride, out host))
        {
            return (
                Stage.Failed(
                    Name,
                    $"aws_lambda.endpoint_override is {settings.EndpointOverride}, which is not an API that the network reaches.",
                    ResetOverride(database, aws),
                    database.ParameterGroup
                ),
                null
            );
        }
        var path = PathFinder.Find(network, source, host);
        var hops = path.Hops.Select(static hop => new StageHop(hop.Kind, hop.Passes, HopText.Of(hop), hop.Evidence));
        if (path.IsOpen)
        {
            var way = path.EndpointId is { } endpoint ? $"through {endpoint}" : $"over the internet, as {path.PublicAddress}";
            return (Stage.Ok(Name, $"{source.Id} reaches {host.Name} {way}.", source.Id) with { Hops = [.. hops] }, path);
        }
        var fix = path.Hops[0] is NameHop { Failure: NameFailure.UnknownEndpoint or NameFailure.EndpointElsewhere }
            ? ResetOverride(database, aws)
            : PathFix.Of(network, source, host, aws, Commands(database, aws));
        return (
            Stage.Failed(Name, $"{source.Id} does not reach {host.Name}: {HopText.Of(path.Obstacles.First())}", fix, source.Id) with
            {
                Hops = [.. hops],
            },
            path
        );
    }

    private static SourceCommands Commands(DatabaseFacts database, RegionalCommands aws) =>
        new(
            MakePublic: aws.Of("rds modify-db-instance", ("db-instance-identifier", database.Identifier), ("publicly-accessible", null)),
            SetGroups: aws.Of(
                $"rds modify-db-{database.OwnerKind}",
                ($"db-{database.OwnerKind}-identifier", database.Owner),
                ("vpc-security-group-ids", null)
            ),
            FindPrivateNames: [.. FindPrivateNames(database, aws)]
        );

    private static IEnumerable<string> FindPrivateNames(DatabaseFacts database, RegionalCommands aws)
    {
        const string Default = "default.";
        var group = database.ParameterGroup;
        var isDefault = group.StartsWith(Default, StringComparison.Ordinal); // nobody may change it
        if (isDefault)
        {
            group = $"{database.Identifier}-custom-dns";
            yield return aws.Of(
                "rds create-db-parameter-group",
                ("db-parameter-group-name", group),
                ("db-parameter-group-family", database.ParameterGroup[Default.Length..]),
                ("description", group)
            );
        }
        yield return aws.Of(
            "rds modify-db-parameter-group",
            ("db-parameter-group-name", group),
            ("parameters", $"ParameterName={ParameterCatalog.CustomDnsResolution},ParameterValue=1,ApplyMethod=pending-reboot")
        );
        if (isDefault)
            yield return aws.Of(
                "rds modify-db-instance",
                ("db-instance-identifier", database.Identifier),
                ("db-parameter-group-name", group),
                ("apply-immediately", null)
            );
        yield return aws.Of("rds reboot-db-instance", ("db-instance-identifier", database.Identifier));
        yield return ServerStages.Wait(database, aws);
    }

    private static bool TryOverride(string text, out ApiHost host)
    {
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        host = null!;
        return Uri.TryCreate(withScheme, UriKind.Absolute, out var uri)
            && uri.Port == ApiHost.Port
            && ApiHost.TryParse(uri.IdnHost, out host!);
    }

    private static System.Collections.Immutable.ImmutableArray<FixStep> ResetOverride(DatabaseFacts database, RegionalCommands aws) =>
        Stage.FixOf(
            "Reset aws_lambda.endpoint_override, so that the Region's own name is used.",
            aws.Of(
                database.OwnerKind == "cluster" ? "rds reset-db-cluster-parameter-group" : "rds reset-db-parameter-group",
                (database.OwnerKind == "cluster" ? "db-cluster-parameter-group-name" : "db-parameter-group-name", database.ParameterGroup),
                ("parameters", "ParameterName=aws_lambda.endpoint_override,ApplyMethod=pending-reboot")
            ),
            aws.Of("rds reboot-db-instance", ("db-instance-identifier", database.Identifier)),
            ServerStages.Wait(database, aws)
        );
}
