using System.Text.Json;
using Daybreak.Cloud.Sts;
using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Network;

/// <summary>aws_lambda.invoke obeys the VPC's rules, on a database in the default VPC with the page's step 1.</summary>
public sealed class EnforcementTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Call =
        "SET aws_lambda.connect_timeout_ms = 400;\nSELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);\n";

    private const string NotReached = """
        ERROR:  invoke API failed
        DETAIL:  AWS Lambda client returned 'Unable to connect to endpoint'.
        HINT:  The endpoint is https://lambda.us-east-1.amazonaws.com: no connection within 400 ms (aws_lambda.connect_timeout_ms): the network does not let it through.
        """;

    [Fact]
    public async Task Path_is_cut_and_restored_with_its_rule()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "simple", LocalStage.Simple);
        await FunctionDeployment.CreateAsync(
            stage.Endpoint,
            "slow",
            "import time\ndef lambda_handler(event, context):\n    time.sleep(20)\n"
        );
        var group = (
            await stage.TypeAsync(
                $"""
                vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
                aws ec2 create-security-group --group-name db --description db --vpc-id $vpc --query GroupId --output text
                """
            )
        ).Trim();
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name db --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name db --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            """
        );
        var writer = await stage.CreateClusterAsync("reach", $"--vpc-security-group-ids {group}");
        await stage.TypeAsync(
            "aws rds add-role-to-db-cluster --db-cluster-identifier reach --feature-name Lambda --role-arn "
                + "arn:aws:iam::444455556666:role/db"
        );
        await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION aws_lambda CASCADE;");
        await ClusterStage.PsqlUntilAsync(writer, Call, shown => shown == "200\n");

        // Connections that are kept for the next call are closed too.
        await stage.TypeAsync($"aws ec2 revoke-security-group-egress --group-id {group} --protocol -1 --cidr 0.0.0.0/0");
        Assert.Contains(NotReached, await TryAsync(writer, Call), StringComparison.Ordinal);

        // A connection attempt that began before the rule was added succeeds afterwards.
        var waiting = ClusterStage.PsqlAsync(writer, Call.Replace("400", "20000", StringComparison.Ordinal));
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await stage.TypeAsync($"aws ec2 authorize-security-group-egress --group-id {group} --protocol tcp --port 443 --cidr 0.0.0.0/0");
        Assert.Equal("200\n", await waiting);
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(writer, Call));

        // A call that waits for its answer fails when the path is cut.
        var running = TryAsync(writer, "SET aws_lambda.request_timeout_ms = 60000;\nSELECT aws_lambda.invoke('slow', '{}'::json);\n");
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await stage.TypeAsync("aws rds modify-db-instance --db-instance-identifier reach-1 --no-publicly-accessible --apply-immediately");
        Assert.Contains(
            "AWS Lambda client returned 'The connection broke before the whole reply was there'.",
            await running,
            StringComparison.Ordinal
        );
        Assert.Contains(NotReached, await TryAsync(writer, Call), StringComparison.Ordinal);

        // Neither the administrator's override nor another Region bypasses the rules.
        Assert.Contains(
            "Unable to connect to endpoint",
            await TryAsync(writer, Call.Replace("'{}'::json", "'{}'::json, 'eu-central-1'", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        var keys = await KeysOfBridgeAsync(group);
        Assert.Contains("Read timeout", await InvokeWithAsync(keys), StringComparison.Ordinal);
        await stage.TypeAsync("aws rds modify-db-instance --db-instance-identifier reach-1 --publicly-accessible --apply-immediately");
        await ClusterStage.PsqlUntilAsync(writer, Call, shown => shown == "200\n");
        Assert.Contains("\"StatusCode\": 200", await InvokeWithAsync(keys), StringComparison.Ordinal);

        await ExplainedOnTheCommandLineAsync(group);
    }

    /// <summary>The credentials that the bridge has, fetched as it does.</summary>
    private async Task<Dictionary<string, string>> KeysOfBridgeAsync(string group)
    {
        var networkInterface = (
            await stage.TypeAsync(
                $"aws ec2 describe-network-interfaces --filters Name=group-id,Values={group} --query "
                    + "'NetworkInterfaces[].NetworkInterfaceId' --output text"
            )
        ).Trim();
        var bridge = ProcessTree
            .Below(Environment.ProcessId)
            .Where(process => process.Value.StartsWith("daybreak-bridge", StringComparison.Ordinal))
            .Select(process => process.Key)
            .First(process =>
                VariablesOf(process).GetValueOrDefault("DAYBREAK_CLUSTER_NETWORK")?.Contains(networkInterface, StringComparison.Ordinal)
                == true
            );
        var credentials = new Uri(stage.Endpoint, ContainerCredentials.Path);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", await BridgeToken.FindAsync(bridge, credentials));
        var answer = JsonDocument.Parse(await http.GetStringAsync(credentials, TestContext.Current.CancellationToken)).RootElement;
        return new Dictionary<string, string>(AwsCli.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = answer.GetProperty("AccessKeyId").GetString()!,
            ["AWS_SECRET_ACCESS_KEY"] = answer.GetProperty("SecretAccessKey").GetString()!,
            ["AWS_SESSION_TOKEN"] = answer.GetProperty("Token").GetString()!,
            ["AWS_MAX_ATTEMPTS"] = "1",
        };
    }

    private static Dictionary<string, string> VariablesOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ")
                .Split('\0')
                .Where(line => line.Contains('=', StringComparison.Ordinal))
                .DistinctBy(line => line[..line.IndexOf('=', StringComparison.Ordinal)])
                .ToDictionary(
                    line => line[..line.IndexOf('=', StringComparison.Ordinal)],
                    line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]
                );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task<string> InvokeWithAsync(Dictionary<string, string> keys)
    {
        var finished = await Program.RunAsync(
            new Program.Start("aws")
            {
                Arguments =
                [
                    "--endpoint-url",
                    stage.Endpoint.GetLeftPart(UriPartial.Authority),
                    "--cli-read-timeout",
                    "3",
                    "lambda",
                    "invoke",
                    "--function-name",
                    "simple",
                    "/dev/null",
                ],
                Environment = keys,
            }
        );
        return finished.Output + finished.Error;
    }

    private async Task ExplainedOnTheCommandLineAsync(string group)
    {
        var port = $"{stage.Endpoint.Port}";
        Assert.Contains(
            "aws_lambda.invoke reaches simple from reach-1.",
            (await Launcher.RunAsync("explain", "reach", "simple", "--port", port)).Expect(0).Output,
            StringComparison.Ordinal
        );

        await stage.TypeAsync($"aws ec2 revoke-security-group-egress --group-id {group} --protocol tcp --port 443 --cidr 0.0.0.0/0");

        var text = (await Launcher.RunAsync("explain", "reach-1", "simple", "--port", port)).Expect(6).Output;
        Assert.Contains($"FAILED No egress rule of {group} lets TCP 443 out to 52.94.", text, StringComparison.Ordinal);
        Assert.EndsWith(
            $"To fix it: Let the security group {group} of the database out to TCP 443.\n  aws ec2 "
                + $"authorize-security-group-egress --group-id {group} --protocol tcp --port 443 --cidr 0.0.0.0/0\n",
            text,
            StringComparison.Ordinal
        );
        var drawn = (await Launcher.RunAsync("explain", "reach", "simple", "--diagram", "--port", port)).Expect(6).Output;
        Assert.StartsWith("flowchart TD\n", drawn, StringComparison.Ordinal);
        Assert.Matches($"n[0-9]+ -\\.-x n[0-9]+\\n|\\[\"✗ securityGroupEgress<br/>No egress rule of {group} ", drawn);
        Assert.Contains(
            "There is no DB instance or DB cluster nobody",
            (await Launcher.RunAsync("explain", "nobody", "simple", "--port", port)).Expect(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.",
            (await Launcher.RunAsync("explain", "reach", "--port", port)).Expect(2).Error,
            StringComparison.Ordinal
        );
    }

    private static async Task<string> TryAsync(string writer, string script) =>
        (
            await ClusterStage.RunAsync(
                "psql",
                ["-X", "-A", "-t", "-q"],
                writer,
                "postgres",
                ClusterStage.Password,
                "postgres",
                5432,
                script
            )
        ).Output;
}
