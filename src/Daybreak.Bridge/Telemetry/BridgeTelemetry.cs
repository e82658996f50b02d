using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Telemetry;

/// <summary>All of telemetry, as long as the bridge runs. Nothing of it exists when no variable asks for it.</summary>
public sealed class BridgeTelemetry : IDisposable
{
    private readonly Meter _meter = new(CallTelemetry.Name, BridgeVersion.Text);
    private readonly TelemetryExport _export;
    private readonly PageServer? _server;

    private BridgeTelemetry(
        TelemetrySettings settings,
        Func<string, string?> variable,
        BridgeStatus status,
        EndpointPools pools,
        CredentialKeeper credentials,
        FailureLog log,
        TimeProvider time
    )
    {
        var page = settings.Page is null ? null : new PrometheusPage();
        _export = new(settings, variable, page, log);
        Calls = new(_meter);
        BridgeMeter.Observe(_meter, status, pools, credentials, time);
        if (page is not null)
            _server = new(settings.Page!, page.Render, log, time);
    }

    public CallTelemetry Calls { get; }

    /// <summary>Null when no variable asks for it, or when it cannot be: then the log says why, and calls go on.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the exporters do not like must not keep calls from being made")]
    public static BridgeTelemetry? TryStart(
        Func<string, string?> variable,
        BridgeStatus status,
        EndpointPools pools,
        CredentialKeeper credentials,
        FailureLog log,
        TimeProvider time
    )
    {
        var settings = TelemetrySettings.Read(variable);
        foreach (var flaw in settings.Flaws)
            log.Failed(flaw);
        if (!settings.IsOn)
            return null;
        try
        {
            return new(settings, variable, status, pools, credentials, log, time);
        }
        catch (Exception failure)
        {
            log.Failed($"telemetry is off: {failure.Message}");
            return null;
        }
    }

    public void Dispose()
    {
        _server?.DisposeAsync().AsTask().Wait(TimeSpan.FromMilliseconds(100));
        _export.Dispose();
        Calls.Dispose();
        _meter.Dispose();
    }
}
