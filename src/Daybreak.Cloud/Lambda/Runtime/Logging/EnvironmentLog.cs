using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>The log stream of one environment: the function's output and Lambda's own lines around it.</summary>
internal sealed class EnvironmentLog
{
    private readonly Lock _lock = new();
    private readonly LogTail _tail = new();
    private readonly OutputEvents _output;
    private readonly FunctionVersion _function;
    private readonly IFunctionLog _log;
    private readonly TimeProvider _time;
    private readonly PlatformRecord? _json; // null: the function logs text
    private readonly LogLevelFilter? _filter; // likewise

    public EnvironmentLog(FunctionVersion function, string stream, IFunctionLog log, TimeProvider time)
    {
        (_function, Stream, _log, _time) = (function, stream, log, time);
        _output = new OutputEvents(Emit);
        _json = function.JsonSystemLogLevel is { } level ? new PlatformRecord(level) : null;
        _filter = function.JsonLogLevel is { } lowest ? new LogLevelFilter(lowest) : null;
    }

    public string Stream { get; }

    /// <summary>Adds output of the function.</summary>
    public void Output(ReadOnlySpan<byte> chunk)
    {
        lock (_lock)
            _output.Write(chunk);
    }

    /// <param name="standIn">What runs in place of the runtime's version of its language.</param>
    public void InitStart(string runtimeVersion, string? standIn) =>
        Platform(
            _json is null
                ? PlatformLine.InitStart(runtimeVersion, _function.Region, standIn)
                : _json.InitStart(Now, runtimeVersion, _function, standIn)
        );

    /// <summary>The end of an init that failed.</summary>
    /// <param name="errorType">Null for a time-out.</param>
    public void InitReport(TimeSpan duration, string phase, string? errorType) =>
        Platform(_json is null ? PlatformLine.InitReport(duration, phase, errorType) : _json.InitReport(Now, duration, phase, errorType));

    public void Extension(Extension extension) =>
        Platform(_json is null ? PlatformLine.Extension(extension) : _json.Extension(Now, extension));

    /// <summary>A line that only the text format has. The records of JSON tell the same in their status.</summary>
    public void Text(Func<string> line)
    {
        if (_json is null)
            Platform(line());
    }

    /// <summary>A line of Daybreak's own, which AWS does not have.</summary>
    public void Own(string line) => Platform(_json is null ? line : _json.Own(Now, line));

    /// <summary>Writes START, where the tail begins.</summary>
    public void Begin(string requestId)
    {
        lock (_lock)
        {
            _output.Flush();
            _tail.Clear();
            EmitPlatform(_json is null ? PlatformLine.Start(requestId, _function.Version) : _json.Start(Now, requestId, _function.Version));
        }
    }

    /// <summary>Writes END and REPORT.</summary>
    /// <returns>The tail of the log; empty unless <paramref name="wantsTail"/>.</returns>
    public ReadOnlyMemory<byte> End(InvocationReport report, bool wantsTail)
    {
        lock (_lock)
        {
            _output.Flush();
            EmitPlatform(_json is null ? PlatformLine.End(report.RequestId) : _json.RuntimeDone(Now, report));
            EmitPlatform(
                _json is null
                    ? PlatformLine.Report(report, _function.MemorySizeMegabytes)
                    : _json.Report(Now, report, _function.MemorySizeMegabytes)
            );
            return wantsTail ? _tail.ToArray() : default;
        }
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private void Platform(string? line)
    {
        lock (_lock)
        {
            _output.Flush();
            EmitPlatform(line);
        }
    }

    private void Emit(ReadOnlySpan<byte> line, bool isFrame)
    {
        if (!isFrame && _filter?.Passes(line) == false)
            return;
        _tail.Append(line);
        // The event is a frame, or a line that was cut or never finished.
        if (line[^1] != '\n')
            _tail.Append("\n"u8);
        _log.Write(_function, Stream, _time.GetUtcNow(), Encoding.UTF8.GetString(line));
    }

    // Null: the function's level leaves it out.
    private void EmitPlatform(string? line)
    {
        if (line is null)
            return;
        Span<byte> bytes = stackalloc byte[512];
        if (Encoding.UTF8.TryGetBytes(line, bytes, out var count))
            _tail.Append(bytes[..count]);
        else
            _tail.Append(Encoding.UTF8.GetBytes(line));
        _log.Write(_function, Stream, _time.GetUtcNow(), line);
    }
}
