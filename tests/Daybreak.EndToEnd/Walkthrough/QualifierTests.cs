using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Walkthrough;

/// <summary>Versions and aliases from SQL, through all four overloads, as the function and the caller see them.</summary>
public sealed class QualifierTests(LocalStage stage)
{
    private const string Arn = "arn:aws:lambda:us-east-1:444455556666:function:";

    [Fact]
    public async Task Every_overload_takes_a_version_or_alias_as_argument_or_in_the_name()
    {
        var name = await PublishAsync("versioned");
        var database = await stage.Postgres.CreateDatabaseAsync();

        foreach (var (qualifier, version) in new[] { ("$LATEST", "$LATEST"), ("1", "1"), ("live", "1") })
        {
            var shown = await stage.Postgres.PsqlAsync(
                database,
                $$"""
                \set QUIET on
                \pset tuples_only on
                \pset format unaligned
                SELECT payload::jsonb, executed_version FROM aws_lambda.invoke('{{name}}', '{}'::json, qualifier => '{{qualifier}}');
                SELECT payload, executed_version FROM aws_lambda.invoke('{{name}}', '{}'::jsonb, qualifier => '{{qualifier}}');
                SELECT payload::jsonb, executed_version FROM aws_lambda.invoke(
                    aws_commons.create_lambda_function_arn('{{name}}', 'us-east-1'), '{}'::json, qualifier => '{{qualifier}}');
                SELECT payload, executed_version FROM aws_lambda.invoke(
                    aws_commons.create_lambda_function_arn('{{name}}', 'us-east-1'), '{}'::jsonb, qualifier => '{{qualifier}}');
                SELECT payload::jsonb, executed_version FROM aws_lambda.invoke('{{name}}:{{qualifier}}', '{}'::json);
                SELECT payload, executed_version FROM aws_lambda.invoke('444455556666:function:{{name}}:{{qualifier}}', '{}'::jsonb);
                SELECT payload::jsonb, executed_version FROM aws_lambda.invoke(
                    aws_commons.create_lambda_function_arn('{{Arn}}{{name}}:{{qualifier}}'), '{}'::json);
                SELECT payload, executed_version FROM aws_lambda.invoke('{{Arn}}{{name}}:{{qualifier}}', '{}'::jsonb, qualifier => '{{qualifier}}');
                """
            );

            var seen = $"[\"{version}\", \"{Arn}{name}:{qualifier}\"]|{version}";
            Assert.Equal(Enumerable.Repeat(seen, 8), shown.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Theory]
    [InlineData(
        "nowhere",
        "LM005",
        "AWS Lambda client returned 'Function not found: arn:aws:lambda:us-east-1:444455556666:function:{0}:nowhere'."
    )]
    [InlineData("7", "LM005", "AWS Lambda client returned 'Function not found: arn:aws:lambda:us-east-1:444455556666:function:{0}:7'.")]
    public async Task Version_or_alias_that_is_missing_is_not_found(string qualifier, string sqlState, string detail)
    {
        var name = await PublishAsync($"missing-{qualifier}");
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());

        var error = await Assert.ThrowsAsync<PostgresException>(() =>
            source
                .CreateCommand($"SELECT * FROM aws_lambda.invoke('{name}', '{{}}'::json, qualifier => '{qualifier}')")
                .ExecuteScalarAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal((sqlState, detail.Replace("{0}", name, StringComparison.Ordinal)), (error.SqlState, error.Detail));
    }

    /// <summary>A function that says how it was called, with a version and an alias of it.</summary>
    private async Task<string> PublishAsync(string name)
    {
        var endpoint = stage.Cloud.Endpoint;
        await FunctionDeployment.CreateAsync(
            endpoint,
            name,
            "def lambda_handler(event, context):\n    return [context.function_version, context.invoked_function_arn]\n"
        );
        await LocalApi.SendAsync(endpoint, "lambda", $"/2015-03-31/functions/{name}/versions", "application/json", "{}"u8.ToArray());
        await LocalApi.SendAsync(
            endpoint,
            "lambda",
            $"/2015-03-31/functions/{name}/aliases",
            "application/json",
            """{"Name":"live","FunctionVersion":"1"}"""u8.ToArray()
        );
        return name;
    }
}
