using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>The role of the feature Lambda: without it, with one that RDS cannot assume, taken away while the cluster runs.</summary>
public sealed class LambdaRoleTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Call = "SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);\n";
    private const string OwnTrust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:rds:us-east-1:444455556666:db:alone"}}}]}""";

    private const string NoRole = """
        ERROR:  credentials stored with the database cluster can't be accessed
        DETAIL:  No IAM role is associated with the feature Lambda of the DB cluster.
        HINT:  Has the IAM role Amazon Resource Name (ARN) been associated with the feature-name "Lambda"?
        CONTEXT:  SQL function "invoke" statement 1

        """;

    [Fact]
    public async Task Calls_follow_the_role_that_is_associated_on_writer_and_reader()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "simple", LocalStage.Simple);
        var writer = await stage.CreateClusterAsync("app");
        await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION aws_lambda CASCADE;");
        await stage.TypeAsync(
            $"""
            {ClusterStage.CreateInstance("app", "app-2")}
            aws iam create-role --role-name good --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name good --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            aws iam create-role --role-name bad --assume-role-policy-document '{FunctionDeployment.Trust}'
            """
        );

        Assert.Equal(NoRole, await ClusterStage.PsqlAsync(writer, Call));

        Assert.Equal("s3Import\tACTIVE\n", await AssociateAsync("add", "good", "s3Import"));
        Assert.Equal(NoRole, await ClusterStage.PsqlAsync(writer, Call));

        Assert.Equal("s3Import\tACTIVE\nLambda\tINVALID\n", await AssociateAsync("add", "bad", "Lambda"));
        Assert.Equal(
            NoRole.Replace(
                "No IAM role is associated with the feature Lambda of the DB cluster.",
                "User: rds.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: "
                    + "arn:aws:iam::444455556666:role/bad because no role trust policy allows the sts:AssumeRole action",
                StringComparison.Ordinal
            ),
            await ClusterStage.PsqlAsync(writer, Call)
        );

        await AssociateAsync("remove", "bad", "Lambda");
        Assert.Equal("s3Import\tACTIVE\nLambda\tACTIVE\n", await AssociateAsync("add", "good", "Lambda"));
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(writer, Call)); // the very next call

        await ClusterStage.AvailableAsync(stage.Endpoint, "app-2");
        var readers = await ClusterStage.EndpointOfAsync(stage.Endpoint, "app", "ReaderEndpoint");
        Assert.Equal(
            "t\n200\n",
            await ClusterStage.PsqlUntilAsync(
                readers,
                "SELECT pg_is_in_recovery();\n" + Call,
                shown => shown.EndsWith("200\n", StringComparison.Ordinal)
            )
        );

        Assert.Equal("s3Import\tACTIVE\n", await AssociateAsync("remove", "good", "Lambda"));
        Assert.Equal(NoRole, await ClusterStage.PsqlAsync(writer, Call));
        Assert.Equal(NoRole, await ClusterStage.PsqlAsync(readers, Call));
        await AssociateAsync("add", "good", "Lambda");
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(writer, Call));
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(readers, Call));
    }

    [Fact]
    public async Task Instance_without_a_cluster_has_its_own_role()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "alone", LocalStage.Simple);
        const string CallStandalone = "SELECT status_code FROM aws_lambda.invoke('alone', '{}'::json);\n";
        await stage.TypeAsync(
            $"""
            aws rds create-db-instance --db-instance-identifier alone --engine postgres --db-instance-class db.t4g.micro --allocated-storage 20 --master-username postgres --master-user-password {ClusterStage.Password}
            aws iam create-role --role-name alone --assume-role-policy-document '{OwnTrust}'
            aws iam attach-role-policy --role-name alone --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            """
        );
        await ClusterStage.AvailableAsync(stage.Endpoint, "alone");
        var shown = await stage.TypeAsync(
            """
            aws rds add-role-to-db-instance --db-instance-identifier alone --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/alone
            aws rds describe-db-instances --db-instance-identifier alone --query 'DBInstances[0].[Endpoint.Address, AssociatedRoles[0].Status]' --output text
            """
        );
        var (host, status) = (shown.Trim().Split('\t')[0], shown.Trim().Split('\t')[1]);
        Assert.Equal("ACTIVE", status);
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_lambda CASCADE;");

        Assert.Equal("200\n", await ClusterStage.PsqlAsync(host, CallStandalone));
        await stage.TypeAsync(
            "aws rds remove-role-from-db-instance --db-instance-identifier alone --feature-name Lambda --role-arn "
                + "arn:aws:iam::444455556666:role/alone"
        );

        Assert.Equal(
            NoRole.Replace("the DB cluster.", "the DB instance.", StringComparison.Ordinal),
            await ClusterStage.PsqlAsync(host, CallStandalone)
        );
    }

    /// <returns>The feature and status of each role that is associated afterwards.</returns>
    private Task<string> AssociateAsync(string verb, string role, string feature) =>
        stage.TypeAsync(
            $"""
            aws rds {verb}-role-{(
                verb == "add" ? "to" : "from"
            )}-db-cluster --db-cluster-identifier app --feature-name {feature} --role-arn arn:aws:iam::444455556666:role/{role}
            aws rds describe-db-clusters --db-cluster-identifier app --query 'DBClusters[0].AssociatedRoles[].[FeatureName, Status]' --output text
            """
        );
}
