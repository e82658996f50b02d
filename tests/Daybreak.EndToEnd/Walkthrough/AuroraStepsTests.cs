using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Walkthrough;

/// <summary>Steps 3 to 6 of AWS's page "Invoking an AWS Lambda function from an Aurora PostgreSQL DB cluster", typed into psql.</summary>
public sealed class AuroraStepsTests(LocalStage stage)
{
    private const string Table = """
         status_code |                        payload                        | executed_version | log_result 
        -------------+-------------------------------------------------------+------------------+------------
                 200 | {"statusCode": 200, "body": "\"Hello from Lambda!\""} | $LATEST          | 
        (1 row)


        """;

    [Fact]
    public async Task Step_3_installs_both_extensions_and_says_so()
    {
        var database = await stage.Postgres.CreateDatabaseAsync(withExtensions: false);

        var shown = await stage.Postgres.PsqlAsync(
            database,
            """
            CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;
            CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;
            """
        );

        Assert.Equal(
            """
            NOTICE:  installing required extension "aws_commons"
            CREATE EXTENSION
            NOTICE:  extension "aws_lambda" already exists, skipping
            CREATE EXTENSION

            """,
            shown
        );
    }

    [Theory]
    [InlineData("'my-function', 'us-east-1'", "aws_lambda_arn_1")]
    [InlineData("'444455556666:function:my-function', 'us-east-1'", "lambda_partial_arn_1")]
    [InlineData("'arn:aws:lambda:us-east-1:444455556666:function:my-function'", "lambda_arn_1")]
    public async Task Steps_4_and_5_with_each_form_of_name_in_a_psql_variable(string arguments, string variable)
    {
        var database = await stage.Postgres.CreateDatabaseAsync();

        var shown = await stage.Postgres.PsqlAsync(
            database,
            $$"""
            SELECT aws_commons.create_lambda_function_arn({{arguments}}) AS {{variable}} \gset
            SELECT * FROM aws_lambda.invoke(:'{{variable}}', '{"body": "Hello from Postgres!"}'::json);
            SELECT * FROM aws_lambda.invoke(:'{{variable}}', '{"body": "Hello from Postgres!"}'::json, 'Event');
            """
        );

        Assert.Equal(
            Table
                + """
                 status_code | payload | executed_version | log_result 
                -------------+---------+------------------+------------
                         202 |         |                  | 
                (1 row)


                """,
            shown
        );
    }

    [Fact]
    public async Task Step_5_word_for_word()
    {
        var database = await stage.Postgres.CreateDatabaseAsync();

        var shown = await stage.Postgres.PsqlAsync(
            database,
            """
            SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('arn:aws:lambda:us-east-1:444455556666:function:simple'), '{"body": "Hello from Postgres!"}'::json );
            """
        );

        Assert.Equal(Table, shown);
    }

    [Fact]
    public async Task Step_6_grants_are_needed_and_are_enough()
    {
        var database = await stage.Postgres.CreateDatabaseAsync();
        var user = "user_" + database;
        const string Call = "SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);\n";
        await stage.Postgres.PsqlAsync(database, $"CREATE ROLE {user} LOGIN PASSWORD 'geheim';");

        Assert.StartsWith("ERROR:  permission denied for schema aws_lambda", await CallAsync(), StringComparison.Ordinal);
        await stage.Postgres.PsqlAsync(database, $"GRANT USAGE ON SCHEMA aws_lambda TO {user};");
        Assert.Equal("ERROR:  permission denied for function invoke\n", await CallAsync());
        await stage.Postgres.PsqlAsync(database, $"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO {user};");
        Assert.Contains("         200\n", await CallAsync(), StringComparison.Ordinal);

        Task<string> CallAsync() => stage.Postgres.PsqlAsync(database, Call, user, "geheim");
    }
}
