using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Telemetry;

/// <summary>A trace, from the statement to the function.</summary>
public sealed partial class TraceTests(LocalStage stage)
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

        // The local AWS adds how often a chain of calls went through the function.
        Assert.Contains($"CREATE FUNCTION\n{Header}\nSET\n{Header}\nRESET\nf\n", Lineage().Replace(shown, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_gets_a_span_of_the_statements_trace()
    {
        var collector = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        using var listener = new HttpListener { Prefixes = { collector.ToString() } };
        listener.Start();
        await using var postgres = await PostgresStage.StartAsync(
            stage.Cloud.Endpoint,
            new Dictionary<string, string>
            {
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.ToString(),
                ["OTEL_METRICS_EXPORTER"] = "none",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "20",
            }
        );
        var database = await postgres.CreateDatabaseAsync();

        await postgres.PsqlAsync(
            database,
            $"SELECT status_code FROM aws_lambda.invoke('simple', '{{\"the\": \"payload\"}}'::json) /*traceparent='{Trace}'*/;"
        );

        var export = await listener.GetContextAsync().WaitAsync(TestContext.Current.CancellationToken);
        using var body = new MemoryStream();
        await export.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
        export.Response.Close();
        Assert.Equal("/v1/traces", export.Request.Url!.AbsolutePath);
        var sent = body.ToArray();
        Assert.True(sent.AsSpan().IndexOf(Convert.FromHexString(Trace.Split('-')[1])) > 0, "the trace is another");
        Assert.True(sent.AsSpan().IndexOf(Convert.FromHexString(Trace.Split('-')[2])) > 0, "the parent is another");
        var text = Encoding.Latin1.GetString(sent);
        Assert.Contains("Lambda.Invoke", text, StringComparison.Ordinal);
        Assert.Contains(database, text, StringComparison.Ordinal);
        Assert.DoesNotContain("payload", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(";Lineage=.*")]
    private static partial Regex Lineage();
}
