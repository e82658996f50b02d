using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>
/// The log stream of one environment: what the function and its extensions write, and Lambda's own lines around it. The same goes to the
/// extensions that subscribe to it.
/// </summary>
internal sealed class EnvironmentLog
{
    private readonly Lock _lock = new();
    private readonly LogTail _tail = new();
    private readonly OutputEvents _output;
    private readonly OutputEvents _extensions;
    private readonly FunctionVersion _function;
    private readonly IFunctionLog _log;
    private readonly TimeProvider _time;
    private readonly Severity? _lowest; // null: the function logs text
    private readonly LogLevelFilter? _filter; // likewise
    private TelemetryRelay? _telemetry;
    private PlatformRecord? _initStart;

    public EnvironmentLog(FunctionVersion function, string stream, IFunctionLog log, TimeProvider time)
    {
        (_function, Stream, _log, _time) = (function, stream, log, time);
        _output = new OutputEvents(Emit);
        _extensions = new OutputEvents(EmitOfExtension);
        _lowest = function.JsonSystemLogLevel switch
        {
            null => null,
            "DEBUG" => Severity.Debug,
            "INFO" => Severity.Info,
            _ => Severity.Warn,
        };
        _filter = function.JsonLogLevel is { } lowest ? new LogLevelFilter(lowest) : null;
    }

    public string Stream { get; }

    /// <summary>Gets the index of an extension whose process has ended, and how.</summary>
    public Action<int, ProcessExit>? ExtensionEnded { get; set; }

    /// <summary>Adds output of the function.</summary>
    public void Output(ReadOnlySpan<byte> chunk)
    {
        lock (_lock)
            _output.Write(chunk);
    }

    /// <summary>Adds output of extensions.</summary>
    public void ExtensionOutput(ReadOnlySpan<byte> chunk)
    {
        lock (_lock)
            _extensions.Write(chunk);
    }

    /// <summary>Passes on from now on what is logged, and the start of init.</summary>
    public void Attach(TelemetryRelay telemetry)
    {
        lock (_lock)
        {
            _telemetry = telemetry;
            if (_initStart is not null)
                telemetry.Publish(_initStart.ForExtensions);
        }
    }

    /// <param name="standIn">What runs in place of the runtime's version of its language.</param>
    public void InitStart(InitKind kind, string runtimeVersion, string? standIn)
    {
        _initStart = PlatformRecord.InitStart(Now, _function, kind, runtimeVersion, standIn);
        lock (_lock)
        {
            // The records of this init are for the extensions that start with it, which Attach gives them.
            _telemetry = null;
            Write(_initStart);
            if (_lowest is null && kind.Phase == "init")
                EmitPlatform(PlatformLine.InitStart(runtimeVersion, _function.Region, standIn));
        }
    }

    /// <summary>The end of init.</summary>
    /// <param name="status"><c>success</c>, <c>error</c> or <c>timeout</c>.</param>
    public void InitEnd(InitKind kind, TimeSpan duration, string status, string? errorType)
    {
        lock (_lock)
        {
            Flush();
            if (IsHeard)
            {
                Tell(PlatformRecord.InitRuntimeDone(Now, kind, status, errorType));
                Tell(PlatformRecord.InitReport(Now, kind, duration, status, errorType));
            }
            if (_lowest is null && status != "success")
                EmitPlatform(PlatformLine.InitReport(duration, kind.Phase, errorType));
        }
    }

    /// <summary>What became of an extension in init.</summary>
    public void Extension(ExtensionStatus extension) =>
        Platform(() => PlatformRecord.Extension(Now, extension), () => PlatformLine.Extension(extension));

    public void Subscribed(string extension, TelemetryRequest request, string state)
    {
        var isLogs = (request.Schema & TelemetrySchemas.Logs) != 0;
        Platform(
            () => PlatformRecord.Subscription(Now, extension, state, request.Names, isLogs),
            () => PlatformLine.Subscription(extension, state, request.Names, isLogs)
        );
    }

    /// <summary>A line about an error that only the text format has. The records of JSON tell the same in their status.</summary>
    public void Fault(string line) => Platform(() => PlatformRecord.Fault(Now, line), () => line);

    /// <summary>A line of Daybreak's own, which AWS does not have.</summary>
    public void Own(string line) => Platform(() => PlatformRecord.Own(Now, line), () => line);

    /// <summary>Writes START, where the tail begins.</summary>
    public void Begin(string requestId)
    {
        lock (_lock)
        {
            Flush();
            _tail.Clear();
            if (IsHeard)
                Tell(PlatformRecord.Start(Now, requestId, _function.Version));
            if (_lowest is null)
                EmitPlatform(PlatformLine.Start(requestId, _function.Version));
        }
    }

    /// <summary>The runtime has done its part; extensions may still work.</summary>
    public void RuntimeDone(InvocationReport report)
    {
        if (!IsHeard)
            return;
        lock (_lock)
        {
            Flush();
            Tell(PlatformRecord.RuntimeDone(Now, report));
        }
    }

    /// <summary>Writes END and REPORT.</summary>
    /// <returns>The tail of the log; empty unless <paramref name="wantsTail"/>.</returns>
    public ReadOnlyMemory<byte> End(InvocationReport report, bool wantsTail)
    {
        lock (_lock)
        {
            Flush();
            if (IsHeard)
            {
                Tell(PlatformRecord.End(Now, report.RequestId));
                Tell(PlatformRecord.Report(Now, report, _function.MemorySizeMegabytes));
            }
            if (_lowest is null)
            {
                EmitPlatform(PlatformLine.End(report.RequestId));
                EmitPlatform(PlatformLine.Report(report, _function.MemorySizeMegabytes));
            }
            return wantsTail ? _tail.ToArray() : default;
        }
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    // Whether anybody wants records. Most functions log text and have no extensions.
    private bool IsHeard => _lowest is not null || _telemetry is { IsListening: true };

    private void Flush()
    {
        _output.Flush();
        _extensions.Flush();
    }

    private void Platform(Func<PlatformRecord> record, Func<string> line)
    {
        lock (_lock)
        {
            Flush();
            if (IsHeard)
                Tell(record());
            if (_lowest is null)
                EmitPlatform(line());
        }
    }

    private void Tell(PlatformRecord record)
    {
        if (_telemetry is { IsListening: true } telemetry && record.Schemas != TelemetrySchemas.None)
            telemetry.Publish(record.ForExtensions);
        Write(record);
    }

    // Records that only extensions have are no lines of the log.
    private void Write(PlatformRecord record)
    {
        if (_lowest is { } lowest && record.Severity >= lowest && record.Schemas != TelemetrySchemas.Logs)
            EmitPlatform(Encoding.UTF8.GetString(record.Json) + "\n");
    }

    private void Emit(ReadOnlySpan<byte> line, bool isFrame)
    {
        if (_telemetry is { IsListening: true } telemetry)
            Publish(telemetry, TelemetryTypes.Function, line);
        if (isFrame || _filter?.Passes(line) != false)
            EmitLine(line);
    }

    // The shell of an extension marks its end in its output, where whatever it wrote last may lack the end of its line.
    private void EmitOfExtension(ReadOnlySpan<byte> line, bool isFrame)
    {
        var mark = line.IndexOf(ExtensionMark.Bytes);
        if (mark >= 0)
        {
            if (ExtensionMark.Read(line[(mark + ExtensionMark.Bytes.Length)..]) is { } ended)
                ExtensionEnded?.Invoke(ended.Index, ended.Exit);
            if (mark == 0)
                return;
            line = line[..mark];
        }
        if (_telemetry is { IsListening: true } telemetry)
            Publish(telemetry, TelemetryTypes.Extension, line);
        EmitLine(line);
    }

    private void Publish(TelemetryRelay telemetry, TelemetryTypes type, ReadOnlySpan<byte> line)
    {
        foreach (var record in TelemetryRecord.OfLine(type, Now, line, _lowest is not null))
            telemetry.Publish(record);
    }

    private void EmitLine(ReadOnlySpan<byte> line)
    {
        _tail.Append(line);
        // The event is a frame, or a line that was cut or never finished.
        if (line.IsEmpty || line[^1] != '\n')
            _tail.Append("\n"u8);
        _log.Write(_function, Stream, Now, Encoding.UTF8.GetString(line));
    }

    private void EmitPlatform(string line)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (Encoding.UTF8.TryGetBytes(line, bytes, out var count))
            _tail.Append(bytes[..count]);
        else
            _tail.Append(Encoding.UTF8.GetBytes(line));
        _log.Write(_function, Stream, Now, line);
    }
}
