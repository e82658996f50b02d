using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary><c>aws_lambda.*</c> in parameter groups: the dynamic ones at once, the static one with a reboot.</summary>
public sealed class LambdaParameterTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    [Fact]
    public async Task Timeouts_change_at_once_and_the_endpoint_with_the_reboot()
    {
        await FunctionDeployment.CreateAsync(
            stage.Endpoint,
            "slow",
            "import time\n\ndef lambda_handler(event, context):\n    time.sleep(2)\n    return 'slow'\n"
        );
        var family = (
            await AwsCli.RunAsync(
                stage.Endpoint,
                "rds",
                "describe-db-engine-versions",
                "--engine",
                "aurora-postgresql",
                "--default-only",
                "--query",
                "DBEngineVersions[0].DBParameterGroupFamily",
                "--output",
                "text"
            )
        ).Trim();
        await stage.TypeAsync(
            "aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name lambda --db-parameter-group-family "
                + $"{family} --description d"
        );
        var writer = await stage.CreateClusterAsync("tuned", "--db-cluster-parameter-group-name lambda");
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name tuned --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name tuned --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            aws rds add-role-to-db-cluster --db-cluster-identifier tuned --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/tuned
            """
        );
        const string Call = "SELECT payload FROM aws_lambda.invoke('slow', '{}'::json);\n";
        await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION aws_lambda CASCADE;");
        Assert.Equal("\"slow\"\n", await ClusterStage.PsqlUntilAsync(writer, Call, shown => shown == "\"slow\"\n"));

        await ModifyAsync("aws_lambda.request_timeout_ms", "1000", "immediate");
        Assert.Equal("1s\n", await ClusterStage.PsqlUntilAsync(writer, "SHOW aws_lambda.request_timeout_ms;", shown => shown == "1s\n"));
        Assert.Contains("got no answer within 1000 ms", await ClusterStage.PsqlAsync(writer, Call), StringComparison.Ordinal);
        Assert.Equal("in-sync", await StatusAsync());
        Assert.Equal("\"slow\"\n", await ClusterStage.PsqlAsync(writer, "SET aws_lambda.request_timeout_ms = 5000;\n" + Call));

        await ModifyAsync("aws_lambda.endpoint_override", "http://127.0.0.1:1", "pending-reboot");
        Assert.Equal("pending-reboot", await StatusAsync());
        Assert.Equal("\n", await ClusterStage.PsqlAsync(writer, "SHOW aws_lambda.endpoint_override;"));
        await stage.TypeAsync("aws rds reboot-db-instance --db-instance-identifier tuned-1");
        await ClusterStage.AvailableAsync(stage.Endpoint, "tuned-1");
        Assert.Equal("in-sync", await StatusAsync());
        Assert.StartsWith(
            "http://127.0.0.1:1\nERROR:  invoke API failed\nDETAIL:  AWS Lambda client returned 'Unable to connect to endpoint'.\n",
            await ClusterStage.PsqlAsync(writer, "SHOW aws_lambda.endpoint_override;\n" + Call),
            StringComparison.Ordinal
        );
    }

    private Task<string> ModifyAsync(string name, string value, string method) =>
        AwsCli.RunAsync(
            stage.Endpoint,
            "rds",
            "modify-db-cluster-parameter-group",
            "--db-cluster-parameter-group-name",
            "lambda",
            "--parameters",
            $"ParameterName={name},ParameterValue={value},ApplyMethod={method}"
        );

    private Task<string> StatusAsync() => ClusterStage.EndpointOfAsync(stage.Endpoint, "tuned", "DBClusterParameterGroupStatus");
}
