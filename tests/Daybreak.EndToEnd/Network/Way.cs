using Daybreak.EndToEnd.Explain;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Network;

/// <summary>One cluster with its network, to break piece by piece.</summary>
/// <param name="Variables">Shell assignments of the ids of the created resources.</param>
internal sealed record Way(PathStage Stage, string Cluster, string Host, string Variables)
{
    private const string Call =
        "SET aws_lambda.connect_timeout_ms = 300;\nSELECT status_code FROM aws_lambda.invoke('my-function', '{}'::json);\n";
    private const string Worked = "200\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Breaks it, sees how the call fails, has it explained, does what is printed, and sees the call work.</summary>
    public async Task BreakAndFixAsync(Mutation mutation)
    {
        var failed = await BreakAsync(mutation);
        var commands = failed.Commands;
        Assert.True(commands.Length > 0, $"{mutation.Name}: {failed}");

        await TypeAsync(commands);
        await UntilItWorksAsync(mutation.User, $"{mutation.Name}, after {commands}");
        var repaired = await Stage.ExplainAsync(Cluster, mutation.User);
        Assert.True(repaired.Works, $"{mutation.Name}, repaired: {repaired}");
    }

    /// <summary>Breaks it, sees how the call fails, and has it explained.</summary>
    public async Task<Explanation> BreakAsync(Mutation mutation)
    {
        await TypeAsync(mutation.Break);
        var shown = await UntilAsync(mutation.User, static output => output != Worked, mutation.Name);
        Assert.True(shown.Contains(mutation.Error, StringComparison.Ordinal), $"{mutation.Name}: {shown}");

        var explanation = await Stage.ExplainAsync(Cluster, mutation.User);
        Assert.True(explanation.FailedStage == mutation.Stage, $"{mutation.Name}: {explanation}");
        return explanation;
    }

    /// <summary>The endpoint's own name needs no private DNS.</summary>
    public async Task WorksWithOverrideAsync()
    {
        await TypeAsync("aws ec2 modify-vpc-endpoint --vpc-endpoint-id $endpoint --no-private-dns-enabled");
        await UntilAsync(
            "postgres",
            static output => output.Contains("Unable to connect to endpoint", StringComparison.Ordinal),
            "without private DNS"
        );
        await TypeAsync(
            """
            family=$(aws rds describe-db-cluster-parameter-groups --query 'DBClusterParameterGroups[0].DBParameterGroupFamily' --output text)
            name=$(aws ec2 describe-vpc-endpoints --vpc-endpoint-ids $endpoint --query 'VpcEndpoints[0].DnsEntries[0].DnsName' --output text)
            aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name named --db-parameter-group-family $family --description named
            aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name named --parameters ParameterName=aws_lambda.endpoint_override,ParameterValue=$name,ApplyMethod=pending-reboot
            aws rds modify-db-cluster --db-cluster-identifier endpoint --db-cluster-parameter-group-name named --apply-immediately
            aws rds reboot-db-instance --db-instance-identifier endpoint-1
            """
        );
        await UntilItWorksAsync("postgres", "with the endpoint's name");
        await TypeAsync(
            """
            aws rds reset-db-cluster-parameter-group --db-cluster-parameter-group-name named --parameters ParameterName=aws_lambda.endpoint_override,ApplyMethod=pending-reboot
            aws rds reboot-db-instance --db-instance-identifier endpoint-1
            aws ec2 modify-vpc-endpoint --vpc-endpoint-id $endpoint --private-dns-enabled
            """
        );
        await ClusterStage.AvailableAsync(Stage.Cloud, "endpoint-1");
        await UntilItWorksAsync("postgres", "with private DNS again");
    }

    public Task UntilItWorksAsync(string user, string when = "at first") => UntilAsync(user, static output => output == Worked, when);

    public async Task TypeAsync(string commands)
    {
        var finished = await Program.RunAsync(
            new Program.Start("/bin/bash")
            {
                Arguments = ["-e"],
                Input = $$"""
                aws() { command {{await WarmPython.FindAsync("aws")}} --endpoint-url {{Stage.Cloud.GetLeftPart(
                    UriPartial.Authority
                )}} "$@"; }
                psql() { PGPASSWORD={{ClusterStage.Password}} {{ClusterStage.Installation.Program("psql")}} -X -v ON_ERROR_STOP=1 "$@"; }
                {{Variables}}
                {{commands}}
                """,
                Environment = AwsCli.Environment,
            }
        );
        Assert.True(finished.ExitCode == 0, $"{commands}\n{finished}");
    }

    private async Task<string> UntilAsync(string user, Predicate<string> expected, string when)
    {
        using var ended = new CancellationTokenSource(Patience);
        while (true)
        {
            var password = user == "app" ? "app-password" : ClusterStage.Password;
            var shown = (
                await ClusterStage.RunAsync("psql", ["-X", "-A", "-t", "-q"], Host, user, password, "postgres", 5432, Call)
            ).Output;
            if (expected(shown))
                return shown;
            Assert.False(ended.IsCancellationRequested, $"{Cluster}, {when}: still {shown}");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>A piece that is taken away.</summary>
/// <param name="Break">The command that breaks the path.</param>
/// <param name="Error">The text of the SQL error that follows.</param>
/// <param name="Stage">The stage of the explanation that fails.</param>
/// <param name="User">The database user who calls.</param>
internal sealed record Mutation(string Name, string Break, string Error, string Stage, string User = "postgres")
{
    public static Mutation OfNetwork(string name, string commands) =>
        new(name, commands, "AWS Lambda client returned 'Unable to connect to endpoint'.", "network");
}
