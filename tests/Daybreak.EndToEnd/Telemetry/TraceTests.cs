using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Telemetry;

/// <summary>A trace, from the statement to the function.</summary>
public sealed class TraceTests(LocalStage stage)
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Header = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";

    [Fact]
    public async Task Function_sees_the_trace_of_a_setting_and_of_a_comment()
    {
        await FunctionDeployment.CreateAsync(
            stage.Cloud.Endpoint,
            "traced",
            "import os\n\ndef lambda_handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n"
        );
        var database = await stage.Postgres.CreateDatabaseAsync();

        var shown = await stage.Postgres.PsqlAsync(
            database,
            $$$"""
            \pset tuples_only on
            \pset format unaligned
            CREATE FUNCTION ask() RETURNS text LANGUAGE plpgsql AS $$
            BEGIN
              RETURN (SELECT payload #>> '{}' FROM aws_lambda.invoke('traced', '{}'::json));
            END $$;
            SELECT ask() /*traceparent='{{{Trace}}}'*/;
            SET aws_lambda.traceparent = '{{{Trace}}}';
            SELECT ask();
            RESET aws_lambda.traceparent;
            SELECT ask() LIKE '%b7ad6b7169203331%';
            """
        );

        Assert.Contains($"CREATE FUNCTION\n{Header}\nSET\n{Header}\nRESET\nf\n", shown, StringComparison.Ordinal);
    }
}
