using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Objects;

/// <summary>Imports and exports that are cancelled, or whose session is ended, in the middle.</summary>
public sealed class CancelTests(LocalStage stage)
{
    private const int Rounds = 10;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT aws_s3.table_import_from_s3('t', '', '', 'bucket', 'key', 'us-east-1')")]
    [InlineData("SELECT * FROM aws_s3.query_export_to_s3('SELECT 1', 'bucket', 'key', 'us-east-1')")]
    public async Task Waits_for_Amazon_S3_end_at_once(string statement)
    {
        // It accepts connections, and answers nothing.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var postgres = await PostgresStage.StartAsync(new Uri($"http://{silent.LocalEndpoint}"));
        await using var source = postgres.Connect(await postgres.CreateDatabaseAsync(withExtensions: false));
        await RunAsync(source, "CREATE EXTENSION aws_s3 CASCADE; CREATE TABLE t (a text)");
        await using var connection = await source.OpenConnectionAsync(Cancelled);

        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var (error, took) = await InterruptAsync(source, connection, statement, "pg_cancel_backend");
            Assert.Equal(PostgresErrorCodes.QueryCanceled, error.SqlState);
            best = took < best ? took : best;
        }
        Assert.True(best < Soon, $"The quickest of {Rounds} took {best.TotalMilliseconds:0} ms.");
    }

    [Theory]
    [InlineData("pg_cancel_backend")]
    [InlineData("pg_terminate_backend")]
    public async Task An_export_that_is_interrupted_leaves_nothing_behind(string how)
    {
        var objects = await ObjectStage.CreateAsync(stage);
        await using var source = stage.Postgres.Connect(objects.Database);
        await using var connection = await source.OpenConnectionAsync(Cancelled);

        var export =
            $"SELECT * FROM aws_s3.query_export_to_s3('SELECT repeat(''x'', 1000) FROM generate_series(1, 100000000)', '{objects.Bucket}', 'out')";
        var (error, _) = await InterruptAsync(
            source,
            connection,
            export,
            how,
            async () => (await objects.ApiAsync("list-multipart-uploads", "--query", "length(Uploads || `[]`)")).Trim() == "1"
        );

        Assert.Equal(how == "pg_cancel_backend" ? PostgresErrorCodes.QueryCanceled : PostgresErrorCodes.AdminShutdown, error.SqlState);
        while ((await objects.ApiAsync("list-multipart-uploads", "--query", "length(Uploads || `[]`)")).Trim() is not "0")
            await Task.Delay(50, Cancelled);
        Assert.Equal("0\n", await objects.ApiAsync("list-objects-v2", "--query", "length(Contents || `[]`)"));
        // The next one works.
        Assert.Equal("1|1|2\n", await objects.PsqlAsync("SELECT * FROM aws_s3.query_export_to_s3('SELECT 1', :'bucket', 'out');"));
    }

    [Fact]
    public async Task An_import_that_is_interrupted_keeps_no_row_and_its_session_goes_on()
    {
        var objects = await ObjectStage.CreateAsync(stage);
        var line = "some text that fills the row of a table\n"u8.ToArray();
        await objects.PutAsync("in", [.. Enumerable.Repeat(line, 1_000_000).SelectMany(static one => one)]);
        await objects.PutAsync("one", line);
        await using var source = stage.Postgres.Connect(objects.Database);
        await RunAsync(source, "CREATE TABLE t (a text)");
        await using var connection = await source.OpenConnectionAsync(Cancelled);

        // The table grows while the transaction is open.
        var (error, _) = await InterruptAsync(
            source,
            connection,
            $"SELECT aws_s3.table_import_from_s3('t', '', '', '{objects.Bucket}', 'in', 'us-east-1')",
            "pg_cancel_backend",
            async () => (long)(await ScalarAsync(source, "SELECT pg_relation_size('t')"))! > 0
        );

        Assert.Equal(PostgresErrorCodes.QueryCanceled, error.SqlState);
        await using var next = new NpgsqlCommand(
            $"SELECT aws_s3.table_import_from_s3('t', '', '', '{objects.Bucket}', 'one', 'us-east-1')",
            connection
        );
        Assert.Equal("1 rows imported into relation \"t\" from file one of 40 bytes", await next.ExecuteScalarAsync(Cancelled));
        Assert.Equal(1L, await ScalarAsync(source, "SELECT count(*) FROM t"));
    }

    /// <summary>Runs a statement, interrupts it when it waits for the bridge, and returns its error and how long it went on.</summary>
    /// <param name="isDue">When to interrupt it instead.</param>
    private static async Task<(PostgresException Error, TimeSpan Took)> InterruptAsync(
        NpgsqlDataSource source,
        NpgsqlConnection connection,
        string statement,
        string how,
        Func<Task<bool>>? isDue = null
    )
    {
        var backend = connection.ProcessID;
        isDue ??= async () =>
            await ScalarAsync(source, $"SELECT wait_event_type = 'Extension' FROM pg_stat_activity WHERE pid = {backend}") is true;
        await using var command = new NpgsqlCommand(statement, connection);
        var running = command.ExecuteScalarAsync(Cancelled);
        while (!await isDue())
            Assert.False(running.IsCompleted, $"It has ended: {statement}");
        await using var by = await source.OpenConnectionAsync(Cancelled);
        await using var interrupt = new NpgsqlCommand($"SELECT {how}({backend})", by);
        await interrupt.PrepareAsync(Cancelled);
        var began = Stopwatch.GetTimestamp();
        await interrupt.ExecuteScalarAsync(Cancelled);
        var error = await Assert.ThrowsAsync<PostgresException>(() => running);
        return (error, Stopwatch.GetElapsedTime(began));
    }

    private static async Task RunAsync(NpgsqlDataSource source, string statements) =>
        await source.CreateCommand(statements).ExecuteNonQueryAsync(Cancelled);

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string query) =>
        await source.CreateCommand(query).ExecuteScalarAsync(Cancelled);
}
