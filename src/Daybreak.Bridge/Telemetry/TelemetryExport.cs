using System.Diagnostics.CodeAnalysis;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Frames;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Daybreak.Bridge.Telemetry;

/// <summary>The OpenTelemetry SDK, which collects spans and measurements and sends them in the background.</summary>
public sealed class TelemetryExport : IDisposable
{
    // The worker kills a bridge that has not ended half a second after it was asked to.
    private const int LastExportMs = 100;

    private static readonly string[] OwnCertificates =
    [
        "OTEL_EXPORTER_OTLP_CERTIFICATE",
        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
        "OTEL_EXPORTER_OTLP_CLIENT_KEY",
    ];

    private readonly Func<string, string?> _variable;
    private readonly FailureLog _log;
    private readonly TracerProvider? _tracing;
    private readonly MeterProvider? _metering;

    /// <param name="settings">What to export.</param>
    /// <param name="variable">Reads an environment variable. The SDK itself reads the variables of its own from the environment.</param>
    /// <param name="page">The page for Prometheus; null: there is none.</param>
    /// <param name="log">Is told when a collector cannot be reached.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The provider disposes of its readers")]
    public TelemetryExport(TelemetrySettings settings, Func<string, string?> variable, PrometheusPage? page, FailureLog log)
    {
        (_variable, _log) = (variable, log);
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService("daybreak-bridge", serviceVersion: BridgeVersion.Text)
            .AddAttributes([new("host.name", Environment.MachineName)])
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        if (settings.Traces)
            _tracing = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(CallTelemetry.Name)
                .AddOtlpExporter(options => Configure(options, "TRACES", "traces"))
                .Build();
        if (!settings.Metrics && page is null)
            return;
        var metering = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(CallTelemetry.Name);
        if (settings.Metrics)
            metering.AddOtlpExporter(options => Configure(options, "METRICS", "metrics"));
        if (page is not null)
            metering.AddReader(new BaseExportingMetricReader(page));
        _metering = metering.Build();
    }

    public void Dispose()
    {
        _tracing?.Shutdown(LastExportMs);
        _metering?.Shutdown(LastExportMs);
        _tracing?.Dispose();
        _metering?.Dispose();
    }

    /// <summary>The library reads the variables of all signals only; those of one signal come before them.</summary>
    private void Configure(OtlpExporterOptions options, string signal, string what)
    {
        // The specification's default, which is not the library's.
        options.Protocol = Of(signal, "PROTOCOL") is "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (Uri.TryCreate(_variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"), UriKind.Absolute, out var endpoint))
            options.Endpoint = endpoint;
        if (_variable($"OTEL_EXPORTER_OTLP_{signal}_HEADERS") is { Length: > 0 } headers)
            options.Headers = headers;
        if (int.TryParse(_variable($"OTEL_EXPORTER_OTLP_{signal}_TIMEOUT"), out var milliseconds) && milliseconds > 0)
            options.TimeoutMilliseconds = milliseconds;
        // With certificates of its own the library makes the client.
        if (OwnCertificates.Any(name => !string.IsNullOrEmpty(_variable(name))))
            return;
        options.HttpClientFactory = () =>
            new(new ExportWatch(what, _log)) { Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds) };
    }

    private string? Of(string signal, string name) =>
        _variable($"OTEL_EXPORTER_OTLP_{signal}_{name}") is { Length: > 0 } own ? own : _variable($"OTEL_EXPORTER_OTLP_{name}");
}
