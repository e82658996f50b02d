using System.Globalization;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Faults;

/// <summary>Responses that PostgreSQL cannot accept, or only just; after each of them the session continues.</summary>
public sealed class PayloadTests(LocalStage stage) : IAsyncLifetime
{
    private static readonly SemaphoreSlim Once = new(1);
    private static bool Deployed;

    private NpgsqlDataSource? _source;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await DeployAsync();
        _source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());
    }

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("nul", "jsonb", "22P05")]
    [InlineData("not-a-number", "json", "22P02")]
    [InlineData("not-a-number", "jsonb", "22P02")]
    [InlineData("not-json", "json", "22P02")]
    [InlineData("not-json", "jsonb", "22P02")]
    public async Task Answer_that_is_no_value_of_its_type_is_PostgreSQL_s_own_error(string function, string type, string sqlState)
    {
        await using var connection = await ConnectAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() =>
            ScalarAsync(connection, $"SELECT payload FROM aws_lambda.invoke('{function}', '1'::{type})")
        );
        Assert.Equal(sqlState, error.SqlState);
        Assert.Equal(
            "{\"after\": 1}",
            await ScalarAsync(connection, "SELECT payload::text FROM aws_lambda.invoke('echo', '{\"after\": 1}'::jsonb)")
        );
    }

    [Fact]
    public async Task Json_keeps_the_escape_that_jsonb_cannot_hold()
    {
        await using var connection = await ConnectAsync();
        Assert.Equal("\"a\\u0000b\"", await ScalarAsync(connection, "SELECT payload::text FROM aws_lambda.invoke('nul', '1'::json)"));
    }

    [Fact]
    public async Task Answer_of_six_megabytes_arrives_and_a_larger_one_is_the_function_s_error()
    {
        const int Most = 6_291_556; // with the quotes
        await using var connection = await ConnectAsync();
        Assert.Equal(Most, await ScalarAsync(connection, Large(Most)));
        foreach (var length in (int[])[Most + 1, 3 * Most])
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(connection, Large(length)));
            Assert.Equal("LM100", error.SqlState);
            Assert.Contains("Function.ResponseSizeTooLarge", error.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(10, await ScalarAsync(connection, Large(10)));

        static string Large(int length) =>
            $"SELECT length(payload::text) FROM aws_lambda.invoke('large', '{(length - 2).ToString(CultureInfo.InvariantCulture)}'::json)";
    }

    [Fact]
    public async Task Read_only_transaction_may_invoke()
    {
        await using var connection = await ConnectAsync();
        await ScalarAsync(connection, "SET default_transaction_read_only = on");
        Assert.Equal("on", await ScalarAsync(connection, "SHOW transaction_read_only"));
        Assert.Equal("1", await ScalarAsync(connection, "SELECT payload::text FROM aws_lambda.invoke('echo', '1'::json)"));
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = await _source!.OpenConnectionAsync(Cancelled);
        await ScalarAsync(connection, "SET aws_lambda.request_timeout_ms = 60000");
        return connection;
    }

    private async Task DeployAsync()
    {
        await Once.WaitAsync(Cancelled);
        try
        {
            if (Deployed)
                return;
            var endpoint = stage.Cloud.Endpoint;
            await FunctionDeployment.CreateAsync(endpoint, "nul", "def lambda_handler(event, context):\n    return 'a\\0b'\n");
            await FunctionDeployment.CreateAsync(
                endpoint,
                "not-a-number",
                "def lambda_handler(event, context):\n    return float('nan')\n"
            );
            await FunctionDeployment.CreateAsync(endpoint, "large", "def lambda_handler(event, context):\n    return 'x' * event\n");
            await FunctionDeployment.CreateAsync(endpoint, "not-json", "provided.al2023", FunctionDeployment.Zip("bootstrap", NotJson));
            Deployed = true;
        }
        finally
        {
            Once.Release();
        }
    }

    private const string NotJson = """
        #!/bin/bash
        api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
        while true; do
            id=$(curl -sS -D - -o /dev/null $api/next | grep -i '^lambda-runtime-aws-request-id' | tr -d '[:space:]' | cut -d: -f2)
            curl -sS -X POST $api/$id/response -d 'this is {not json' > /dev/null
        done

        """;

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancelled);
    }
}
