using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Walkthrough;

/// <summary>What an invocation returns and raises, through the whole path.</summary>
public sealed class InvocationTests(LocalStage stage)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("json", """{"b" : 1,  "a":[1, 2.50, 1e2], "b": "ü\u0041"}""")]
    [InlineData("json", "  7 ")]
    [InlineData("jsonb", """{"a": [1, 2.50, 100], "b": "üA"}""")]
    public async Task Event_reaches_the_function_and_the_answer_comes_back(string type, string payload)
    {
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());

        await using var command = source.CreateCommand($"SELECT payload::jsonb = $1::jsonb FROM aws_lambda.invoke('echo', $1::{type})");
        command.Parameters.Add(new NpgsqlParameter { Value = payload, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Unknown });

        Assert.Equal(true, await command.ExecuteScalarAsync(Cancelled));
    }

    [Fact]
    public async Task Json_answer_is_the_function_s_text_byte_for_byte()
    {
        // Python's json.dumps writes a blank after colon and comma and escapes what is not ASCII; PostgreSQL must not touch it.
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());

        var answer = await source
            .CreateCommand("""SELECT payload::text FROM aws_lambda.invoke('echo', '{"b":1,"a":[1,2.50],"c":"x"}'::json)""")
            .ExecuteScalarAsync(Cancelled);

        Assert.Equal("""{"b": 1, "a": [1, 2.5], "c": "x"}""", answer);
    }

    [Theory]
    [InlineData("Event", 202)]
    [InlineData("DryRun", 204)]
    public async Task Event_and_DryRun_return_a_status_and_nothing_else(string invocationType, int statusCode)
    {
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());
        await using var command = source.CreateCommand(
            "SELECT status_code, payload, executed_version, log_result FROM aws_lambda.invoke('simple', '{}'::json, "
                + $"invocation_type => '{invocationType}')"
        );

        await using var row = await command.ExecuteReaderAsync(Cancelled);

        Assert.True(await row.ReadAsync(Cancelled));
        Assert.Equal(statusCode, row.GetInt32(0));
        Assert.True(row.IsDBNull(1) && row.IsDBNull(2) && row.IsDBNull(3));
    }

    [Fact]
    public async Task Tail_brings_the_log_and_context_reaches_the_function()
    {
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());
        await using var command = source.CreateCommand(
            """
            SELECT payload::text, convert_from(decode(log_result, 'base64'), 'utf-8')
            FROM aws_lambda.invoke('talks', '{}'::json, 'us-east-1', 'RequestResponse', 'Tail', '{"custom": {"who": "me"}}'::json)
            """
        );

        await using var row = await command.ExecuteReaderAsync(Cancelled);

        Assert.True(await row.ReadAsync(Cancelled));
        Assert.Equal("""{"who": "me"}""", row.GetString(0));
        Assert.Matches("(?s)^START RequestId: .*\na line of the log\n.*END RequestId: .*\nREPORT RequestId: ", row.GetString(1));
    }

    [Fact]
    public async Task Failing_function_is_an_SQL_error_with_the_function_s_words()
    {
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());

        var error = await Assert.ThrowsAsync<PostgresException>(() =>
            source
                .CreateCommand(
                    """SELECT * FROM aws_lambda.invoke('arn:aws:lambda:us-east-1:444455556666:function:fails', '{"order": 7}'::json)"""
                )
                .ExecuteScalarAsync(Cancelled)
        );

        Assert.Equal("LM100", error.SqlState);
        Assert.Equal("lambda invocation failed", error.MessageText);
        Assert.StartsWith(
            "\"arn:aws:lambda:us-east-1:444455556666:function:fails\" returned error \"Unhandled\", details: \"{\"errorMessage\": "
                + "\"no such order: 7\", \"errorType\": \"ValueError\"",
            error.Detail,
            StringComparison.Ordinal
        );
        Assert.Equal("SQL function \"invoke\" statement 1", error.Where);
    }

    [Fact]
    public async Task Unknown_function_is_an_SQL_error_of_its_own()
    {
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());

        var error = await Assert.ThrowsAsync<PostgresException>(() =>
            source.CreateCommand("SELECT * FROM aws_lambda.invoke('nowhere', '{}'::json)").ExecuteScalarAsync(Cancelled)
        );

        Assert.Equal("LM005", error.SqlState);
        Assert.Equal(
            "AWS Lambda client returned 'Function not found: arn:aws:lambda:us-east-1:444455556666:function:nowhere:$LATEST'.",
            error.Detail
        );
    }

    [Fact]
    public async Task Timeouts_have_the_defaults_and_the_range_that_programs_take_for_granted()
    {
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());
        const string Settings =
            "SELECT string_agg(concat_ws(' ', name, boot_val, min_val, max_val, unit), ', ' ORDER BY name) FROM pg_settings "
            + "WHERE name LIKE 'aws_lambda.%timeout%'";
        await using var connection = await source.OpenConnectionAsync(Cancelled);
        await using (var load = new NpgsqlCommand("LOAD 'aws_lambda'", connection))
            await load.ExecuteNonQueryAsync(Cancelled);

        await using var command = new NpgsqlCommand(Settings, connection);

        Assert.Equal(
            $"aws_lambda.connect_timeout_ms {LambdaTimeouts.ConnectMs} 1 {LambdaTimeouts.MostMs} ms, "
                + $"aws_lambda.request_timeout_ms {LambdaTimeouts.RequestMs} 1 {LambdaTimeouts.MostMs} ms",
            await command.ExecuteScalarAsync(Cancelled)
        );
    }

    [Fact]
    public async Task A_local_AWS_lists_which_session_of_which_application_called()
    {
        var database = await stage.Postgres.CreateDatabaseAsync();
        await using var source = stage.Postgres.Connect(database, 1);
        var mark = Guid.NewGuid().ToString("N");
        await using var connection = await source.OpenConnectionAsync(Cancelled);
        await using var command = new NpgsqlCommand(
            $"SET application_name = 'orders api'; SELECT pg_backend_pid() FROM aws_lambda.invoke('echo', '\"{mark}\"'::json)",
            connection
        );
        var process = await command.ExecuteScalarAsync(Cancelled);

        using var http = new HttpClient();
        var list = JsonNode.Parse(
            await http.GetStringAsync(
                new Uri(stage.Cloud.Endpoint, $"/_daybreak/invocations?function=echo&source=sql&contains={mark}&wait=60"),
                Cancelled
            )
        )!;
        var call = Assert.Single(list["invocations"]!.AsArray())!;
        Assert.Equal(
            (database, "orders api", $"{process}"),
            ((string?)call["database"], (string?)call["applicationName"], (string?)call["process"])
        );
    }

    [Fact]
    public async Task Five_hundred_sessions_at_once_each_get_their_own_answer()
    {
        const int Sessions = 500;
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync(), Sessions);
        var connections = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => source.OpenConnectionAsync(Cancelled).AsTask()));
        try
        {
            var answers = await Task.WhenAll(connections.Select((connection, number) => CallAsync(connection, number)));

            Assert.Equal(Enumerable.Range(0, Sessions).Select(number => $"{{\"n\": {number}}}"), answers);
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }

        static async Task<string?> CallAsync(NpgsqlConnection connection, int number)
        {
            await using var command = new NpgsqlCommand(
                "SET aws_lambda.request_timeout_ms = 60000; SELECT payload::text FROM aws_lambda.invoke('echo', '{\"n\": "
                    + $"{number}}}'::json)",
                connection
            );
            return (string?)await command.ExecuteScalarAsync(Cancelled);
        }
    }
}
