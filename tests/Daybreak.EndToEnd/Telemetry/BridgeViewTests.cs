using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Telemetry;

/// <summary>daybreak.stat_bridge, as the real bridge fills it.</summary>
public sealed class BridgeViewTests(LocalStage stage)
{
    private const string View =
        "SELECT version = daybreak.version(), pid IS NOT NULL, started < now(), restarts, connections, in_flight, waiting, "
        + "endpoint_connections, resident_bytes > 1000000, credentials_failure, reason FROM daybreak.stat_bridge;";

    [Fact]
    public async Task Bridge_tells_of_itself_before_and_after_calls_and_after_its_death()
    {
        await using var postgres = await PostgresStage.StartAsync(stage.Cloud.Endpoint);
        var database = await postgres.CreateDatabaseAsync();

        var shown = await postgres.PsqlAsync(
            database,
            $$"""
            \set QUIET on
            \pset tuples_only on
            \pset format unaligned
            CREATE EXTENSION daybreak;
            {{View}}
            SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);
            {{View}}
            SELECT credentials_source, credentials_fetched IS NULL FROM daybreak.stat_bridge;
            SELECT pid AS bridge FROM daybreak.stat_bridge \gset
            \setenv BRIDGE :bridge
            \! kill -KILL $BRIDGE && while kill -0 $BRIDGE 2> /dev/null; do sleep 0.05; done
            SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);
            SELECT pid <> :bridge, restarts FROM daybreak.stat_bridge;
            """
        );

        Assert.Equal(
            """
            t|t|t|0|1|0|||t||
            200
            t|t|t|0|1|0|0|1|t||
            environment|t
            200
            t|1

            """,
            shown
        );
    }
}
