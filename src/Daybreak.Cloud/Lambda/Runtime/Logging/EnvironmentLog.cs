using System.Text;

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

    public EnvironmentLog(FunctionVersion function, string stream, IFunctionLog log, TimeProvider time)
    {
        (_function, Stream, _log, _time) = (function, stream, log, time);
        _output = new OutputEvents(Emit);
    }

    public string Stream { get; }

    /// <summary>Adds output of the function.</summary>
    public void Output(ReadOnlySpan<byte> chunk)
    {
        lock (_lock)
            _output.Write(chunk);
    }

    public void Platform(string line)
    {
        lock (_lock)
        {
            _output.Flush();
            EmitPlatform(line);
        }
    }

    /// <summary>Writes START, where the tail begins.</summary>
    public void Begin(string requestId)
    {
        lock (_lock)
        {
            _output.Flush();
            _tail.Clear();
            EmitPlatform(PlatformLine.Start(requestId, _function.Version));
        }
    }

    /// <summary>Writes END and REPORT.</summary>
    /// <returns>The tail of the log; empty unless <paramref name="wantsTail"/>.</returns>
    public ReadOnlyMemory<byte> End(string requestId, string report, bool wantsTail)
    {
        lock (_lock)
        {
            _output.Flush();
            EmitPlatform(PlatformLine.End(requestId));
            EmitPlatform(report);
            return wantsTail ? _tail.ToArray() : default;
        }
    }

    private void Emit(ReadOnlySpan<byte> line)
    {
        _tail.Append(line);
        // The event is a frame, or a line that was cut or never finished.
        if (line[^1] != '\n')
            _tail.Append("\n"u8);
        _log.Write(_function, Stream, _time.GetUtcNow(), Encoding.UTF8.GetString(line));
    }

    private void EmitPlatform(string line)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (Encoding.UTF8.TryGetBytes(line, bytes, out var count))
            _tail.Append(bytes[..count]);
        else
            _tail.Append(Encoding.UTF8.GetBytes(line));
        _log.Write(_function, Stream, _time.GetUtcNow(), line);
    }
}
