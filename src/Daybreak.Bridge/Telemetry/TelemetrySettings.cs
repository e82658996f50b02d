namespace Daybreak.Bridge.Telemetry;

/// <summary>
/// What the standard variables ask for (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). Nothing is
/// exported unless one of them names an exporter or the endpoint of a collector.
/// </summary>
/// <param name="Traces">Traces go out by OTLP.</param>
/// <param name="Metrics">Metrics go out by OTLP.</param>
/// <param name="Page">Where Prometheus reads metrics; null: nowhere.</param>
/// <param name="Flaws">What was asked for and is not done, and why.</param>
public sealed record TelemetrySettings(bool Traces, bool Metrics, PageAddress? Page, IReadOnlyList<string> Flaws)
{
    private const string Exporters = "It takes otlp, prometheus (for metrics) or none.";

    public bool IsOn => Traces || Metrics || Page is not null;

    public static TelemetrySettings Read(Func<string, string?> variable)
    {
        var flaws = new List<string>();
        if (string.Equals(variable("OTEL_SDK_DISABLED")?.Trim(), "true", StringComparison.OrdinalIgnoreCase))
            return new(false, false, null, flaws);
        var traces = ExportersOf("TRACES", variable, flaws);
        var metrics = ExportersOf("METRICS", variable, flaws);
        return new(
            traces.Contains("otlp"),
            metrics.Contains("otlp"),
            metrics.Contains("prometheus") ? PageAddress.Read(variable, flaws) : null,
            flaws
        );
    }

    private static HashSet<string> ExportersOf(string signal, Func<string, string?> variable, List<string> flaws)
    {
        var name = $"OTEL_{signal}_EXPORTER";
        if (variable(name)?.Trim() is not { Length: > 0 } named)
        {
            var endpoint = variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") ?? variable("OTEL_EXPORTER_OTLP_ENDPOINT");
            return string.IsNullOrWhiteSpace(endpoint) ? [] : ["otlp"];
        }
        var exporters = named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        foreach (
            var exporter in exporters.Where(exporter =>
                exporter is not ("otlp" or "none") && (exporter, signal) != ("prometheus", "METRICS")
            )
        )
            flaws.Add($"{name}: there is no exporter \"{exporter}\" here. {Exporters}");
        return exporters;
    }
}
