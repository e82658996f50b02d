using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>
/// What Lambda itself tells of an environment, as JSON: lines of the log of a function that logs JSON, and records for extensions. The
/// severities are those of AWS's documentation.
/// </summary>
internal sealed record PlatformRecord(Severity Severity, TelemetrySchemas Schemas, byte[] Json)
{
    public TelemetryRecord ForExtensions => new(TelemetryTypes.Platform, Schemas, Json);

    public static PlatformRecord InitStart(
        DateTimeOffset time,
        FunctionVersion function,
        InitKind kind,
        string runtimeVersion,
        string? standIn
    ) =>
        Of(
            Severity.Info,
            TelemetrySchemas.Telemetry,
            time,
            "platform.initStart",
            json =>
            {
                Write(json, kind);
                json.WriteString("runtimeVersion", runtimeVersion);
                json.WriteString("runtimeVersionArn", $"arn:aws:lambda:{function.Region}::runtime:{runtimeVersion}");
                json.WriteString("functionName", function.FunctionName);
                json.WriteString("functionVersion", function.Version);
                if (standIn is not null)
                    json.WriteString("daybreak", "runs on " + standIn);
            }
        );

    /// <param name="status"><c>success</c>, <c>error</c> or <c>timeout</c>.</param>
    public static PlatformRecord InitRuntimeDone(DateTimeOffset time, InitKind kind, string status, string? errorType) =>
        Of(
            status == "success" ? Severity.Debug : Severity.Warn,
            TelemetrySchemas.Telemetry,
            time,
            "platform.initRuntimeDone",
            json =>
            {
                Write(json, kind);
                WriteStatus(json, status, errorType);
            }
        );

    public static PlatformRecord InitReport(DateTimeOffset time, InitKind kind, TimeSpan duration, string status, string? errorType) =>
        Of(
            status != "success" ? Severity.Warn
                : kind.IsProvisioned ? Severity.Info
                : Severity.Debug,
            TelemetrySchemas.Telemetry,
            time,
            "platform.initReport",
            json =>
            {
                Write(json, kind);
                WriteStatus(json, status, errorType);
                json.WriteStartObject("metrics");
                Write(json, "durationMs", duration);
                json.WriteEndObject();
            }
        );

    public static PlatformRecord Extension(DateTimeOffset time, ExtensionStatus extension) =>
        Of(
            extension.State == "Ready" ? Severity.Info : Severity.Warn,
            TelemetrySchemas.All,
            time,
            "platform.extension",
            json =>
            {
                json.WriteString("name", extension.Name);
                json.WriteString("state", extension.State);
                Write(json, "events", extension.Events);
                if (extension.ErrorType is { } type)
                    json.WriteString("errorType", type);
            }
        );

    public static PlatformRecord Subscription(
        DateTimeOffset time,
        string extension,
        string state,
        IEnumerable<string> types,
        bool isLogs
    ) =>
        Of(
            Severity.Info,
            isLogs ? TelemetrySchemas.Logs : TelemetrySchemas.Telemetry,
            time,
            isLogs ? "platform.logsSubscription" : "platform.telemetrySubscription",
            json =>
            {
                json.WriteString("name", extension);
                json.WriteString("state", state);
                Write(json, "types", types);
            }
        );

    public static PlatformRecord Start(DateTimeOffset time, string requestId, string version) =>
        Of(
            Severity.Info,
            TelemetrySchemas.All,
            time,
            "platform.start",
            json =>
            {
                json.WriteString("requestId", requestId);
                json.WriteString("version", version);
            }
        );

    public static PlatformRecord RuntimeDone(DateTimeOffset time, InvocationReport report) =>
        Of(
            report.Ending == Ending.Responded ? Severity.Debug : Severity.Warn,
            TelemetrySchemas.Telemetry | TelemetrySchemas.Logs2021,
            time,
            "platform.runtimeDone",
            json =>
            {
                json.WriteString("requestId", report.RequestId);
                WriteStatus(json, StatusOf(report.Ending), report.ErrorType);
                json.WriteStartObject("metrics");
                Write(json, "durationMs", report.Duration);
                json.WriteNumber("producedBytes", report.ProducedBytes);
                json.WriteEndObject();
            }
        );

    public static PlatformRecord Report(DateTimeOffset time, InvocationReport report, int memorySize) =>
        Of(
            report.Ending == Ending.Responded ? Severity.Info : Severity.Warn,
            TelemetrySchemas.All,
            time,
            "platform.report",
            json =>
            {
                json.WriteString("requestId", report.RequestId);
                json.WriteStartObject("metrics");
                Write(json, "durationMs", report.Duration);
                json.WriteNumber(
                    "billedDurationMs",
                    (long)Math.Ceiling(report.Duration.TotalMilliseconds + (report.Init?.TotalMilliseconds ?? 0))
                );
                json.WriteNumber("memorySizeMB", memorySize);
                json.WriteNumber("maxMemoryUsedMB", report.PeakMemory);
                if (report.Init is { } init)
                    Write(json, "initDurationMs", init);
                json.WriteEndObject();
                WriteStatus(json, StatusOf(report.Ending), report.ErrorType);
            }
        );

    /// <summary>The end of an invocation, for the Logs API only.</summary>
    public static PlatformRecord End(DateTimeOffset time, string requestId) =>
        Of(Severity.Debug, TelemetrySchemas.Logs, time, "platform.end", json => json.WriteString("requestId", requestId));

    /// <summary>A line of the text format that tells of an error, for the Logs API only.</summary>
    public static PlatformRecord Fault(DateTimeOffset time, string line) =>
        new(
            Severity.Debug,
            TelemetrySchemas.Logs,
            TelemetryRecord.Write(time, "platform.fault", json => json.WriteStringValue(line.TrimEnd('\n')))
        );

    /// <summary>A line of Daybreak's own, which AWS does not have.</summary>
    public static PlatformRecord Own(DateTimeOffset time, string line) =>
        Of(Severity.Warn, TelemetrySchemas.None, time, "daybreak", json => json.WriteString("message", line.TrimEnd('\n')));

    private static string StatusOf(Ending ending) =>
        ending switch
        {
            Ending.Responded => "success",
            Ending.Reported => "error",
            Ending.TimedOut => "timeout",
            _ => "failure",
        };

    private static void Write(Utf8JsonWriter json, InitKind kind)
    {
        json.WriteString("initializationType", kind.IsProvisioned ? "provisioned-concurrency" : "on-demand");
        json.WriteString("phase", kind.Phase);
    }

    private static void WriteStatus(Utf8JsonWriter json, string status, string? errorType)
    {
        json.WriteString("status", status);
        if (errorType is not null)
            json.WriteString("errorType", errorType);
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, Math.Round(duration.TotalMilliseconds, 3));

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static PlatformRecord Of(
        Severity severity,
        TelemetrySchemas schemas,
        DateTimeOffset time,
        string type,
        Action<Utf8JsonWriter> members
    ) =>
        new(
            severity,
            schemas,
            TelemetryRecord.Write(
                time,
                type,
                json =>
                {
                    json.WriteStartObject();
                    members(json);
                    json.WriteEndObject();
                }
            )
        );
}

/// <summary>How important a line of Lambda's own is, which SystemLogLevel of a function compares.</summary>
internal enum Severity
{
    Debug,
    Info,
    Warn,
}

/// <param name="Phase"><c>init</c>, or <c>invoke</c> when init runs again within an invocation.</param>
internal readonly record struct InitKind(string Phase, bool IsProvisioned);
