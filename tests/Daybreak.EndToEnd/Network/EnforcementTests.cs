using Daybreak.EndToEnd.Clusters;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Network;

/// <summary>What the VPC's rules say is what aws_lambda.invoke meets: on a database in the default VPC, with the page's step 1.</summary>
public sealed class EnforcementTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Call = "SET aws_lambda.connect_timeout_ms = 400;\nSELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);\n";

    private const string NotReached =
        """
        ERROR:  invoke API failed
        DETAIL:  AWS Lambda client returned 'Unable to connect to endpoint'.
        HINT:  The endpoint is https://lambda.us-east-1.amazonaws.com: no connection within 400 ms (aws_lambda.connect_timeout_ms).
        """;

    [Fact]
    public async Task Path_is_cut_and_restored_with_its_rule()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "simple", LocalStage.Simple);
        await FunctionDeployment.CreateAsync(stage.Endpoint, "slow", "import time\ndef lambda_handler(event, context):\n    time.sleep(20)\n");
        var group = (await stage.TypeAsync(
            $"""
            vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
            aws ec2 create-security-group --group-name db --description db --vpc-id $vpc --query GroupId --output text
            """)).Trim();
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name db --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name db --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            """);
        var writer = await stage.CreateClusterAsync("reach", $"--vpc-security-group-ids {group}");
        await stage.TypeAsync("aws rds add-role-to-db-cluster --db-cluster-identifier reach --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/db");
        await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION aws_lambda CASCADE;");
        await ClusterStage.PsqlUntilAsync(writer, Call, shown => shown == "200\n");

        // Cut: also what is kept open for the next call.
        await stage.TypeAsync($"aws ec2 revoke-security-group-egress --group-id {group} --protocol -1 --cidr 0.0.0.0/0");
        Assert.Contains(NotReached, await TryAsync(writer, Call), StringComparison.Ordinal);

        // A connection that was begun before the rule is there completes afterwards.
        var waiting = ClusterStage.PsqlAsync(writer, Call.Replace("400", "20000", StringComparison.Ordinal));
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await stage.TypeAsync($"aws ec2 authorize-security-group-egress --group-id {group} --protocol tcp --port 443 --cidr 0.0.0.0/0");
        Assert.Equal("200\n", await waiting);
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(writer, Call));

        // A call that waits for its answer ends with the path.
        var running = TryAsync(writer, "SET aws_lambda.request_timeout_ms = 60000;\nSELECT aws_lambda.invoke('slow', '{}'::json);\n");
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await stage.TypeAsync("aws rds modify-db-instance --db-instance-identifier reach-1 --no-publicly-accessible --apply-immediately");
        Assert.Contains("AWS Lambda client returned 'The connection broke before the whole reply was there'.", await running, StringComparison.Ordinal);
        Assert.Contains(NotReached, await TryAsync(writer, Call), StringComparison.Ordinal);

        // The administrator's override is no way around, nor is another Region.
        Assert.Contains("Unable to connect to endpoint", await TryAsync(writer, Call.Replace("'{}'::json", "'{}'::json, 'eu-central-1'", StringComparison.Ordinal)), StringComparison.Ordinal);
        await stage.TypeAsync("aws rds modify-db-instance --db-instance-identifier reach-1 --publicly-accessible --apply-immediately");
        await ClusterStage.PsqlUntilAsync(writer, Call, shown => shown == "200\n");
    }

    private static async Task<string> TryAsync(string writer, string script) =>
        (await ClusterStage.RunAsync("psql", ["-X", "-A", "-t", "-q"], writer, "postgres", ClusterStage.Password, "postgres", 5432, script)).Output;
}
