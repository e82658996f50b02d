using System.Text.Json;
using System.Text.RegularExpressions;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Telemetry;

/// <summary>The files of docs/grafana, with a real Prometheus that reads the bridge of a real PostgreSQL.</summary>
public sealed partial class PrometheusTests(LocalStage stage)
{
    private static readonly string Grafana = Path.Combine(Checkout.Root, "docs", "grafana");

    [Fact]
    public async Task Every_expression_of_the_dashboard_and_every_alert_has_an_answer()
    {
        using var directory = new TemporaryDirectory();
        var page = FreePort.Find();
        await using var postgres = await PostgresStage.StartAsync(
            stage.Cloud.Endpoint,
            new Dictionary<string, string>
            {
                ["OTEL_METRICS_EXPORTER"] = "prometheus",
                ["OTEL_EXPORTER_PROMETHEUS_PORT"] = $"{page}",
                // Unlike keys of the environment, these have an age and an end.
                ["AWS_CONFIG_FILE"] = Readable(directory),
            }
        );
        var database = await postgres.CreateDatabaseAsync();
        await CallAsync();
        await using var prometheus = new Prometheus(page);
        await prometheus.UntilAsync("count_over_time(process_uptime_seconds{job=\"daybreak\"}[1m]) > 1");
        await CallAsync();
        await prometheus.UntilAsync("sum(increase(rpc_client_call_duration_seconds_count{job=\"daybreak\"}[1m])) > 0");

        foreach (var expression in Expressions())
            Assert.True((await prometheus.QueryAsync(expression)).Length > 0, $"nothing: {expression}");
        foreach (var (sum, labels) in Counted())
            Assert.True((await prometheus.QueryAsync($"{labels} > 0")).Length > 0, $"not counted: {sum}");

        var rules = await prometheus.RulesAsync();
        while (rules.Any(static rule => rule.GetProperty("health").GetString() == "unknown"))
            rules = await prometheus.RulesAsync();
        Assert.Equal(10, rules.Length);
        Assert.All(rules, static rule => Assert.Equal("ok", rule.GetProperty("health").GetString()));
        // An alert whose metric nobody shows would never fire.
        var shown = await prometheus.MetricsAsync();
        var used = rules
            .SelectMany(static rule => Metric().Matches(rule.GetProperty("query").GetString()!))
            .Select(static match => match.Groups[1].Value);
        Assert.Subset(shown, used.ToHashSet());

        async Task CallAsync() =>
            await postgres.PsqlAsync(
                database,
                """
                SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);
                SELECT status_code FROM aws_lambda.invoke('fails', '{"order": 1}'::json);
                SELECT status_code FROM aws_lambda.invoke('no-such', '{}'::json);
                """
            );
    }

    [Fact]
    public async Task Alerts_fire_when_they_should_and_at_no_other_time()
    {
        (await Program.RunAsync("promtool", "check", "rules", Path.Combine(Grafana, "alerts.yml"))).Expect(0);
        (
            await Program.RunAsync(
                "promtool",
                "test",
                "rules",
                Path.Combine(Checkout.Root, "tests", "Daybreak.EndToEnd", "Telemetry", "alerts.test.yml")
            )
        ).Expect(0);
    }

    /// <summary>A profile whose program gives keys for an hour; the server's user may read it.</summary>
    private static string Readable(TemporaryDirectory directory)
    {
        File.SetUnixFileMode(
            directory.Path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute
        );
        const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
        var end = TimeProvider.System.GetUtcNow().AddHours(1);
        var keys = directory.Write(
            "keys.json",
            $$"""{"Version": 1, "AccessKeyId": "test", "SecretAccessKey": "test", "Expiration": "{{end:yyyy-MM-ddTHH:mm:ssZ}}"}""",
            All
        );
        return directory.Write("config", $"[default]\ncredential_process = /bin/cat {keys}\n", All);
    }

    /// <summary>What Grafana would ask, with its variables filled in.</summary>
    private static IEnumerable<string> Expressions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Grafana, "dashboard.json")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        foreach (var target in panel.GetProperty("targets").EnumerateArray())
            yield return target
                .GetProperty("expr")
                .GetString()!
                .Replace("$job", "daybreak", StringComparison.Ordinal)
                .Replace("$instance", ".*", StringComparison.Ordinal)
                .Replace("$function", ".*", StringComparison.Ordinal)
                .Replace("$__rate_interval", "1m", StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string)> Counted()
    {
        const string Count = "rpc_client_call_duration_seconds_count";
        yield return ("calls", $"{Count}{{job=\"daybreak\",faas_invoked_name=\"simple\",error_type=\"\"}}");
        yield return ("function errors", $"{Count}{{job=\"daybreak\",faas_invoked_name=\"fails\",error_type=\"LM100\"}}");
        yield return ("errors", $"{Count}{{job=\"daybreak\",faas_invoked_name=\"no-such\",error_type=\"LM005\"}}");
        yield return ("age", "daybreak_credentials_age_seconds{job=\"daybreak\"}");
        yield return ("left", "daybreak_credentials_remaining_seconds{job=\"daybreak\"}");
    }

    [GeneratedRegex("([a-z_]+)\\{")]
    private static partial Regex Metric();
}
