using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>aws_s3 of clusters and instances acts in the roles of the features s3Import and s3Export.</summary>
public sealed class ObjectRoleTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Role = "--role-arn arn:aws:iam::444455556666:role/";

    private const string Import = """
        \set VERBOSITY terse
        TRUNCATE reading;
        SELECT aws_s3.table_import_from_s3('reading', '', '(format csv, header true)', 'landing', 'in/may.csv', 'us-east-1');

        """;

    private const string Imported = "2 rows imported into relation \"reading\" from file in/may.csv of 27 bytes\n";

    private const string Export = """
        SELECT * FROM aws_s3.query_export_to_s3('SELECT * FROM reading ORDER BY sensor', 'landing', 'out/may', options := 'format csv');

        """;

    private const string NoRole = """
        ERROR:  credentials stored with the database cluster can't be accessed
        DETAIL:  No IAM role is associated with the feature {0} of the DB {1}.
        HINT:  Has the IAM role Amazon Resource Name (ARN) been associated with the feature-name "{0}"?

        """;

    [Fact]
    public async Task Import_and_export_each_follow_the_role_of_their_feature()
    {
        await MakeBucketAsync();
        var writer = await stage.CreateClusterAsync("objects");
        Assert.Equal(
            """
            NOTICE:  installing required extension "aws_commons"
            aws_commons|1.2
            aws_s3|1.1

            """,
            await ClusterStage.PsqlAsync(
                writer,
                """
                CREATE EXTENSION aws_s3 CASCADE;
                SELECT extname, extversion FROM pg_extension WHERE extname LIKE 'aws%' ORDER BY 1;
                CREATE TABLE reading (sensor int, value text);
                """
            )
        );

        // Without a role, and with one for Lambda only.
        Assert.Equal(NoRoleFor("s3Import"), await ClusterStage.PsqlAsync(writer, Verbose(Import)));
        Assert.Equal(NoRoleFor("s3Export"), await ClusterStage.PsqlAsync(writer, Export));
        await stage.TypeAsync($"aws rds add-role-to-db-cluster --db-cluster-identifier objects --feature-name Lambda {Role}moves");
        Assert.Equal(NoRoleFor("s3Import"), await ClusterStage.PsqlAsync(writer, Verbose(Import)));

        // The very next call uses a role that was added; the role of one feature is not that of the other.
        await stage.TypeAsync($"aws rds add-role-to-db-cluster --db-cluster-identifier objects --feature-name s3Import {Role}moves");
        Assert.Equal(Imported, await ClusterStage.PsqlAsync(writer, Import));
        Assert.Equal(NoRoleFor("s3Export"), await ClusterStage.PsqlAsync(writer, Export));
        await stage.TypeAsync($"aws rds add-role-to-db-cluster --db-cluster-identifier objects --feature-name s3Export {Role}moves");
        Assert.Equal("2|1|12\n", await ClusterStage.PsqlAsync(writer, Export));
        Assert.Equal("1,one\n2,two\n", (await stage.TypeAsync("aws s3 cp s3://landing/out/may -")).ReplaceLineEndings("\n"));

        // What IAM refuses is said in its words.
        await stage.TypeAsync(
            """
            aws iam put-role-policy --role-name moves --policy-name moves --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::landing/in/*"}]}'
            """
        );
        var denied = await ClusterStage.PsqlAsync(writer, Export);
        Assert.Contains("ERROR:  could not upload to Amazon S3\n", denied, StringComparison.Ordinal);
        Assert.Matches(
            "DETAIL:  Amazon S3 client returned 'User: arn:aws:sts::444455556666:assumed-role/moves/objects is not authorized to perform: "
                + "s3:PutObject on resource: \"arn:aws:s3:::landing/out/may\" because no identity-based policy allows the s3:PutObject "
                + "action'\\.\n",
            denied
        );
        Assert.Equal(Imported, await ClusterStage.PsqlAsync(writer, Import));

        // A role that is removed serves no call more, and keeps no other from working.
        await stage.TypeAsync($"aws rds remove-role-from-db-cluster --db-cluster-identifier objects --feature-name s3Import {Role}moves");
        Assert.Equal(NoRoleFor("s3Import"), await ClusterStage.PsqlAsync(writer, Verbose(Import)));

        // Credentials in the arguments need no role.
        Assert.Equal(
            Imported,
            await ClusterStage.PsqlAsync(writer, Import.Replace("'us-east-1')", "'us-east-1', 'test', 'test')", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Only_members_of_rds_superuser_create_it_and_grant_it_on()
    {
        await MakeBucketAsync();
        var writer = await stage.CreateClusterAsync("granted");
        await stage.TypeAsync($"aws rds add-role-to-db-cluster --db-cluster-identifier granted --feature-name s3Import {Role}moves");

        Assert.Equal(
            "ERROR:  permission denied for schema aws_s3\n",
            (
                await ClusterStage.PsqlAsync(
                    writer,
                    """
                    SET client_min_messages = warning;
                    CREATE EXTENSION aws_s3 CASCADE;
                    CREATE TABLE reading (sensor int, value text);
                    CREATE USER app; GRANT ALL ON reading TO app; GRANT app TO postgres; SET ROLE app;
                    SELECT aws_s3.table_import_from_s3('reading', '', '(format csv, header true)', 'landing', 'in/may.csv', 'us-east-1');
                    """
                )
            ).Split("LINE ")[0]
        );
        Assert.Equal(
            Imported,
            await ClusterStage.PsqlAsync(
                writer,
                """
                GRANT USAGE ON SCHEMA aws_s3 TO app; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_s3 TO app;
                SET ROLE app;
                SELECT aws_s3.table_import_from_s3('reading', '', '(format csv, header true)', 'landing', 'in/may.csv', 'us-east-1');
                """
            )
        );
    }

    [Fact]
    public async Task Instance_without_a_cluster_has_its_own_roles()
    {
        await MakeBucketAsync();
        await stage.TypeAsync(
            $"aws rds create-db-instance --db-instance-identifier alone --engine postgres --db-instance-class db.t4g.micro "
                + $"--allocated-storage 20 --master-username postgres --master-user-password {ClusterStage.Password}"
        );
        await ClusterStage.AvailableAsync(stage.Endpoint, "alone");
        var host = await LocalApi.AskRdsAsync(stage.Endpoint, "Action=DescribeDBInstances&DBInstanceIdentifier=alone", "Address");
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_s3 CASCADE; CREATE TABLE reading (sensor int, value text);");

        Assert.Equal(NoRoleFor("s3Import", "instance"), await ClusterStage.PsqlAsync(host, Verbose(Import)));
        await stage.TypeAsync(
            $"""
            aws rds add-role-to-db-instance --db-instance-identifier alone --feature-name s3Import {Role}moves
            aws rds add-role-to-db-instance --db-instance-identifier alone --feature-name s3Export {Role}moves
            """
        );
        Assert.Equal(Imported + "2|1|12\n", await ClusterStage.PsqlAsync(host, Import + Export));
        await stage.TypeAsync($"aws rds remove-role-from-db-instance --db-instance-identifier alone --feature-name s3Export {Role}moves");
        Assert.Equal(NoRoleFor("s3Export", "instance"), await ClusterStage.PsqlAsync(host, Export));
    }

    private static string NoRoleFor(string feature, string owner = "cluster") =>
        NoRole.Replace("{0}", feature, StringComparison.Ordinal).Replace("{1}", owner, StringComparison.Ordinal);

    private static string Verbose(string script) => script.Replace("\\set VERBOSITY terse\n", "", StringComparison.Ordinal);

    /// <summary>The bucket and the role are those of all tests here; the role's policy is made anew.</summary>
    private async Task MakeBucketAsync() =>
        await stage.TypeAsync(
            $$"""
            if ! aws iam get-role --role-name moves >/dev/null 2>&1; then
              aws s3 mb s3://landing
              printf 'sensor,value\n1,one\n2,"two"\n' | aws s3 cp - s3://landing/in/may.csv
              aws iam create-role --role-name moves --assume-role-policy-document {{RoleStage.Trust}}
            fi
            aws iam put-role-policy --role-name moves --policy-name moves --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket","s3:PutObject","s3:AbortMultipartUpload"],"Resource":["arn:aws:s3:::landing","arn:aws:s3:::landing/*"]}]}'
            """
        );
}
