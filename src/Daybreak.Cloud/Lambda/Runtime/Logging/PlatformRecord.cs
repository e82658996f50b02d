using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>
/// The lines that Lambda itself writes into the log of a function that logs JSON: the events of AWS's Telemetry API. Those below the
/// function's level for the system are null; the levels are those of AWS's documentation.
/// </summary>
/// <param name="level">The function's SystemLogLevel.</param>
internal sealed class PlatformRecord(string level)
{
    private const int Debug = 0,
        Info = 1,
        Warn = 2;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly int _lowest =
        level == "DEBUG" ? Debug
        : level == "INFO" ? Info
        : Warn;

    public string? InitStart(DateTimeOffset time, string runtimeVersion, FunctionVersion function, string? standIn) =>
        Line(
            Info,
            time,
            "platform.initStart",
            json =>
            {
                json.WriteString("initializationType", "on-demand");
                json.WriteString("phase", "init");
                json.WriteString("runtimeVersion", runtimeVersion);
                json.WriteString("runtimeVersionArn", $"arn:aws:lambda:{function.Region}::runtime:{runtimeVersion}");
                json.WriteString("functionName", function.FunctionName);
                json.WriteString("functionVersion", function.Version);
                if (standIn is not null)
                    json.WriteString("daybreak", "runs on " + standIn);
            }
        );

    /// <param name="errorType">Null for a time-out.</param>
    public string? InitReport(DateTimeOffset time, TimeSpan duration, string phase, string? errorType) =>
        Line(
            Warn,
            time,
            "platform.initReport",
            json =>
            {
                json.WriteString("initializationType", "on-demand");
                json.WriteString("phase", phase);
                json.WriteString("status", errorType is null ? "timeout" : "error");
                if (errorType is not null)
                    json.WriteString("errorType", errorType);
                json.WriteStartObject("metrics");
                Write(json, "durationMs", duration);
                json.WriteEndObject();
            }
        );

    public string? Extension(DateTimeOffset time, Extension extension) =>
        Line(
            Info,
            time,
            "platform.extension",
            json =>
            {
                json.WriteString("name", extension.Name);
                json.WriteString("state", "Ready");
                json.WriteStartArray("events");
                if (extension.TakesInvoke)
                    json.WriteStringValue("INVOKE");
                if (extension.TakesShutdown)
                    json.WriteStringValue("SHUTDOWN");
                json.WriteEndArray();
            }
        );

    public string? Start(DateTimeOffset time, string requestId, string version) =>
        Line(
            Info,
            time,
            "platform.start",
            json =>
            {
                json.WriteString("requestId", requestId);
                json.WriteString("version", version);
            }
        );

    public string? RuntimeDone(DateTimeOffset time, InvocationReport report) =>
        Line(
            report.Ending == Ending.Responded ? Debug : Warn,
            time,
            "platform.runtimeDone",
            json =>
            {
                json.WriteString("requestId", report.RequestId);
                WriteStatus(json, report);
                json.WriteStartObject("metrics");
                Write(json, "durationMs", report.Duration);
                json.WriteEndObject();
            }
        );

    public string? Report(DateTimeOffset time, InvocationReport report, int memorySize) =>
        Line(
            report.Ending == Ending.Responded ? Info : Warn,
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
                WriteStatus(json, report);
            }
        );

    /// <summary>A line of Daybreak's own, which AWS does not have.</summary>
    public string? Own(DateTimeOffset time, string line) =>
        Line(Warn, time, "daybreak", json => json.WriteString("message", line.TrimEnd('\n')));

    private static void WriteStatus(Utf8JsonWriter json, InvocationReport report)
    {
        json.WriteString(
            "status",
            report.Ending switch
            {
                Ending.Responded => "success",
                Ending.Reported => "error",
                Ending.TimedOut => "timeout",
                _ => "failure",
            }
        );
        if (report.ErrorType is { } type)
            json.WriteString("errorType", type);
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, Math.Round(duration.TotalMilliseconds, 3));

    private string? Line(int severity, DateTimeOffset time, string type, Action<Utf8JsonWriter> record)
    {
        if (severity < _lowest)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString(
            "time",
            time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)
        );
        json.WriteString("type", type);
        json.WriteStartObject("record");
        record(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
