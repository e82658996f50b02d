using System.Globalization;
using System.Text.RegularExpressions;
using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Explain;

/// <summary>
/// A broken server, bridge, function of another account, or database in another Region is repaired by the commands that
/// <c>./daybreak explain</c> prints.
/// </summary>
public sealed partial class PrintedCommandTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Other = "111122223333";
    private const string Theirs = $"arn:aws:lambda:us-east-1:{Other}:function:theirs";

    [Fact]
    public async Task Server_and_bridge_are_fixed()
    {
        var host = await MakeAsync("shop");

        // A stopped cluster; the commands are taken from the text for people.
        await stage.TypeAsync(
            """
            aws rds stop-db-cluster --db-cluster-identifier shop
            until [ "$(aws rds describe-db-clusters --db-cluster-identifier shop --query 'DBClusters[0].Status' --output text)" = stopped ]; do sleep 0.2; done
            """
        );
        var shown = (await Launcher.RunAsync("explain", "shop", "shop", "--port", Port)).Expect(6).Output;
        Assert.Contains("FAILED database         shop-1 is stopped.", shown, StringComparison.Ordinal);
        var commands = shown[shown.IndexOf("To fix it", StringComparison.Ordinal)..]
            .Split('\n')
            .Where(static line => line.StartsWith("  ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, commands.Count);
        await stage.TypeAsync(string.Join('\n', commands));
        await WorksAsync(host, "shop");

        // A bridge that is stopped by a signal accepts connections but does not answer.
        Signal.Send(await BridgeAsync(host), Signal.Stop);
        await FixAsync("bridge", "shop", "shop");
        await WorksAsync(host, "shop");

        // The server restarts a killed bridge.
        Signal.Send(await BridgeAsync(host), Signal.Kill);
        await WorksAsync(host, "shop");
        Assert.True((await Explanation.OfAsync(stage.Endpoint, "shop", "shop")).Works);
    }

    [Fact]
    public async Task Policy_of_a_function_of_another_account_is_fixed_as_that_account()
    {
        var host = await MakeAsync("across");
        await AsOtherAsync(
            $$"""
            cd $(mktemp -d)
            aws iam create-role --role-name theirs --assume-role-policy-document '{{FunctionDeployment.Trust}}'
            printf 'def lambda_handler(event, context):\n    return event\n' > lambda_function.py
            python3 -m zipfile -c function.zip lambda_function.py
            aws lambda create-function --function-name theirs --runtime python3.13 --handler lambda_function.lambda_handler --role arn:aws:iam::{{Other}}:role/theirs --zip-file fileb://function.zip
            """
        );
        await ClusterStage.PsqlUntilAsync(
            host,
            Call(Theirs),
            static shown =>
                shown.Contains("because no resource-based policy allows the lambda:InvokeFunction action", StringComparison.Ordinal)
        );

        var explained = await Explanation.OfAsync(stage.Endpoint, "across", Theirs);
        Assert.Equal("resourcePolicy", explained.FailedStage);
        Assert.StartsWith($"As account {Other}: ", explained.Words, StringComparison.Ordinal);
        await AsOtherAsync(explained.Commands);

        await WorksAsync(host, Theirs);
        Assert.True((await Explanation.OfAsync(stage.Endpoint, "across", Theirs)).Works);
    }

    [Fact]
    public async Task A_call_waits_as_long_as_the_function_may_run_by_the_SQL_that_is_printed()
    {
        var host = await MakeAsync("patient");
        await FunctionDeployment.CreateAsync(
            stage.Endpoint,
            "slow",
            "import time\n\ndef lambda_handler(event, context):\n    time.sleep(4)\n    return event\n"
        );
        await ClusterStage.PsqlUntilAsync(
            host,
            Call("slow"),
            static shown => shown.Contains("got no answer within 3000 ms", StringComparison.Ordinal)
        );

        var told = (await Explanation.OfAsync(stage.Endpoint, "patient", "slow")).TextOf("timeouts");
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(host, $"{OfSession().Match(told).Groups["sql"].Value}\n{Call("slow")}"));

        await ClusterStage.PsqlAsync(host, OfUser().Match(told).Value);
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(host, Call("slow")));
        Assert.Equal(
            "The function ends within 30 s, a call waits 30000 ms (aws_lambda.request_timeout_ms).",
            (await Explanation.OfAsync(stage.Endpoint, "patient", "slow")).TextOf("timeouts")
        );
    }

    [Fact]
    public async Task Database_in_another_Region_is_fixed_there_and_one_of_two_is_named_by_its_ARN()
    {
        const string Ireland = "--region eu-west-1";
        const string Twin = "arn:aws:rds:eu-west-1:444455556666:cluster:twin";
        await FunctionDeployment.CreateAsync(stage.Endpoint, "twin", LocalStage.Simple);
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name twin --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name twin --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            {ClusterStage.CreateCluster("twin", Ireland)}
            {ClusterStage.CreateInstance("twin", "twin-1")} {Ireland}
            until [ "$(aws rds describe-db-instances {Ireland} --db-instance-identifier twin-1 --query 'DBInstances[0].DBInstanceStatus' --output text)" = available ]; do sleep 0.5; done
            """
        );
        var host = (
            await stage.TypeAsync(
                $"aws rds describe-db-clusters {Ireland} --db-cluster-identifier twin --query 'DBClusters[0].Endpoint' --output text"
            )
        ).Trim();
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_lambda CASCADE;");

        await FixAsync("role", "twin", "twin", "--region", "us-east-1");
        await stage.TypeAsync(
            $"""
            group=$(aws ec2 describe-security-groups {Ireland} --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)
            aws ec2 revoke-security-group-egress {Ireland} --group-id $group --protocol -1 --cidr 0.0.0.0/0
            """
        );
        await FixAsync("network", "twin", "twin", "--region", "us-east-1");
        Assert.Equal(
            "200\n",
            await ClusterStage.PsqlUntilAsync(
                host,
                "SELECT status_code FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('twin', 'us-east-1'), '{}'::json);\n",
                static shown => shown == "200\n"
            )
        );

        await stage.TypeAsync($"{ClusterStage.CreateCluster("twin")}\n{ClusterStage.CreateInstance("twin", "twin-1")}");
        var refused = (await Launcher.RunAsync("explain", "twin", "twin", "--port", Port)).Expect(2).Error;
        Assert.Contains(
            "twin may be arn:aws:rds:eu-west-1:444455556666:db:twin-1 or arn:aws:rds:us-east-1:444455556666:db:twin-1: name the one "
                + "that is meant by its ARN.",
            refused,
            StringComparison.Ordinal
        );
        Assert.True((await Explanation.OfAsync(stage.Endpoint, Twin, "twin", "--region", "us-east-1")).Works);
    }

    [GeneratedRegex("in a session: (?<sql>SET [^;]*;)")]
    private static partial Regex OfSession();

    [GeneratedRegex("ALTER ROLE [^;]*;")]
    private static partial Regex OfUser();

    private static string Call(string function) => $"SELECT status_code FROM aws_lambda.invoke('{function}', '{{}}'::json);\n";

    private string Port => stage.Endpoint.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A cluster, a function and a role of one name, with which the call works.</summary>
    private async Task<string> MakeAsync(string name)
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, name, LocalStage.Simple);
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name {name} --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name {name} --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            """
        );
        var host = await stage.CreateClusterAsync(name);
        await stage.TypeAsync(
            $"aws rds add-role-to-db-cluster --db-cluster-identifier {name} --feature-name Lambda --role-arn "
                + $"arn:aws:iam::444455556666:role/{name}"
        );
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_lambda CASCADE;");
        await WorksAsync(host, name);
        return host;
    }

    private static async Task WorksAsync(string host, string function) =>
        Assert.Equal("200\n", await ClusterStage.PsqlUntilAsync(host, Call(function), static shown => shown == "200\n"));

    private async Task FixAsync(string failed, params string[] asked)
    {
        var explained = await Explanation.OfAsync(stage.Endpoint, asked);
        Assert.True(explained.FailedStage == failed, $"{explained}");
        await stage.TypeAsync(explained.Commands);
        var repaired = await Explanation.OfAsync(stage.Endpoint, asked);
        Assert.True(repaired.Works, $"after {explained.Commands}: {repaired}");
    }

    private Task<string> AsOtherAsync(string commands) => stage.TypeAsync($"export AWS_ACCESS_KEY_ID={Other}\n{commands}");

    /// <summary>Process id of the bridge beside a server, which is the parent of its sessions.</summary>
    private static async Task<int> BridgeAsync(string host)
    {
        var server = await ClusterStage.PsqlAsync(
            host,
            "SELECT pg_backend_pid() AS pid \\gset\n\\setenv PID :pid\n\\! sed -n 's/^PPid:[^0-9]*//p' /proc/$PID/status\n"
        );
        return Assert
            .Single(ProcessTree.Below(int.Parse(server, CultureInfo.InvariantCulture)), process => process.Value == "daybreak-bridge")
            .Key;
    }
}
