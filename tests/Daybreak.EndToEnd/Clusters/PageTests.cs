using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>AWS's page "Invoking an AWS Lambda function from an Aurora PostgreSQL DB cluster", from an empty local AWS, with aws and
/// psql.</summary>
public sealed class PageTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Row = """200|{"statusCode": 200, "body": "\"Hello from Lambda!\""}|$LATEST|""" + "\n";

    [Fact]
    public async Task Page_runs_word_for_word_from_an_empty_local_AWS()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "my-function", LocalStage.Simple);
        var endpoint = (
            await stage.TypeAsync(
                $"""
                exec 3>&1 >/dev/null
                {ClusterStage.CreateCluster("my-cluster-name")}
                {ClusterStage.CreateInstance("my-cluster-name", "my-instance")}
                {RoleStage.CreatePolicy}
                {RoleStage.CreateRole}
                {RoleStage.AttachRolePolicy}
                aws rds wait db-instance-available --db-instance-identifier my-instance
                exec >&3
                aws rds add-role-to-db-cluster \
                       --db-cluster-identifier my-cluster-name \
                       --feature-name Lambda \
                       --role-arn  arn:aws:iam::444455556666:role/rds-lambda-role   \
                       --region us-east-1
                aws rds describe-db-clusters --db-cluster-identifier my-cluster-name --query 'DBClusters[].[Endpoint, Status, AssociatedRoles[0].Status, DBClusterMembers[0].IsClusterWriter]' --output text
                """
            )
        ).Trim().Split('\t');
        Assert.Equal(["available", "ACTIVE", "True"], endpoint[1..]);

        var shown = await ClusterStage.PsqlAsync(
            endpoint[0],
            """
            SELECT rolsuper FROM pg_roles WHERE rolname = current_user;
            CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;
            SELECT aws_commons.create_lambda_function_arn(
               'my-function',
               'us-east-1'
            ) AS aws_lambda_arn_1 \gset
            SELECT aws_commons.create_lambda_function_arn(
               '444455556666:function:my-function',
               'us-east-1'
            ) AS lambda_partial_arn_1 \gset
            SELECT aws_commons.create_lambda_function_arn(
               'arn:aws:lambda:us-east-1:444455556666:function:my-function'
            ) AS lambda_arn_1 \gset
            SELECT * FROM aws_lambda.invoke(:'aws_lambda_arn_1', '{"body": "Hello from Postgres!"}'::json );
            SELECT * FROM aws_lambda.invoke(:'lambda_partial_arn_1', '{"body": "Hello from Postgres!"}'::json );
            SELECT * FROM aws_lambda.invoke(:'lambda_arn_1', '{"body": "Hello from Postgres!"}'::json, 'RequestResponse' );
            SELECT * FROM aws_lambda.invoke(:'aws_lambda_arn_1', '{"body": "Hello from Postgres!"}'::json, 'Event');
            SELECT * FROM aws_lambda.invoke('my-function', '{"body": "Hello from Postgres!"}'::json, 'us-east-1', 'DryRun');
            SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('arn:aws:lambda:us-east-1:444455556666:function:my-function'), '{"body": "Hello from Postgres!"}'::json );
            SELECT payload->>'statusCode' FROM aws_lambda.invoke('my-function', '{"body": "Hello from Postgres!"}'::jsonb, NULL, 'RequestResponse', 'Tail');
            SELECT status_code FROM aws_lambda.invoke(:'aws_lambda_arn_1'::aws_commons._lambda_function_arn_1, '{}'::jsonb, 'RequestResponse', 'None', NULL, '$LATEST');
            CREATE ROLE joe LOGIN PASSWORD 'geheim';
            """
        );

        Assert.Equal(
            $"""
            f
            NOTICE:  installing required extension "aws_commons"
            {Row}{Row}{Row}202|||
            204|||
            {Row}200
            ERROR:  invoke API failed
            DETAIL:  AWS Lambda client returned 'User: arn:aws:sts::444455556666:assumed-role/rds-lambda-role/my-cluster-name is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:444455556666:function:my-function:$LATEST because no identity-based policy allows the lambda:InvokeFunction action'.
            """,
            string.Join(
                '\n',
                shown
                    .TrimEnd('\n')
                    .Split('\n')
                    .Where(line =>
                        !line.StartsWith("HINT:", StringComparison.Ordinal) && !line.StartsWith("CONTEXT:", StringComparison.Ordinal)
                    )
            )
        );

        const string Call = "SELECT * FROM aws_lambda.invoke('my-function', '{\"body\": \"Hello from Postgres!\"}'::json);\n";
        Assert.StartsWith("ERROR:  permission denied for schema aws_lambda\n", await AsJoeAsync(), StringComparison.Ordinal);
        await ClusterStage.PsqlAsync(endpoint[0], "GRANT USAGE ON SCHEMA aws_lambda TO joe;");
        Assert.Equal("ERROR:  permission denied for function invoke\n", await AsJoeAsync());
        await ClusterStage.PsqlAsync(endpoint[0], "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO joe;");
        Assert.Equal(Row, await AsJoeAsync());

        Task<string> AsJoeAsync() => ClusterStage.PsqlAsync(endpoint[0], Call, "joe", "geheim");
    }

    [Fact]
    public async Task Dump_of_one_cluster_restores_into_another_with_extensions_and_their_types()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "kept", LocalStage.Simple);
        var (from, to) = (await stage.CreateClusterAsync("dumped"), await stage.CreateClusterAsync("restored"));
        await ClusterStage.PsqlAsync(
            from,
            """
            CREATE EXTENSION aws_lambda CASCADE;
            CREATE ROLE joe LOGIN PASSWORD 'geheim';
            GRANT USAGE ON SCHEMA aws_lambda TO joe;
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO joe;
            CREATE TABLE hooks (name text PRIMARY KEY, target aws_commons._lambda_function_arn_1);
            GRANT SELECT ON hooks TO joe;
            INSERT INTO hooks VALUES ('one', aws_commons.create_lambda_function_arn('kept', 'us-east-1')), ('two', NULL);
            """
        );

        var dump = (await ClusterStage.RunAsync("pg_dump", [], from, "postgres", ClusterStage.Password, "postgres")).Expect(0).Output;
        await ClusterStage.PsqlAsync(to, "CREATE ROLE joe LOGIN PASSWORD 'geheim';");
        var restored = await ClusterStage.RunAsync(
            "psql",
            ["-X", "-q", "-v", "ON_ERROR_STOP=1"],
            to,
            "postgres",
            ClusterStage.Password,
            "postgres",
            input: dump
        );

        Assert.DoesNotContain("ERROR", restored.Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            aws_commons|1.2
            aws_lambda|2.0
            one|(kept,us-east-1)|kept
            two||

            """,
            await ClusterStage.PsqlAsync(
                to,
                """
                SELECT extname, extversion FROM pg_extension WHERE extname ~ '^aws' ORDER BY 1;
                SELECT name, target, (target).function_name FROM hooks ORDER BY 1;
                """
            )
        );
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name all --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name all --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            aws rds add-role-to-db-cluster --db-cluster-identifier restored --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/all
            """
        );
        Assert.Equal(
            "200\n",
            await ClusterStage.PsqlAsync(
                to,
                "SELECT (aws_lambda.invoke(target, '{}'::json)).status_code FROM hooks WHERE name = 'one';",
                "joe",
                "geheim"
            )
        );
    }
}
