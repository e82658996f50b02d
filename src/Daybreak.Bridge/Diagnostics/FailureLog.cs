using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Diagnostics;

/// <summary>
/// Writes one line of JSON per failure. Of a request it contains the caller, the function and the endpoint, but never payload, context, key
/// or signature; of an error it contains the message and the detail, except for what a function returned (LM100).
/// </summary>
public sealed class FailureLog : IAsyncDisposable
{
    private const int LongestText = 500;
    private readonly TimeProvider _time;
    private readonly Channel<byte[]> _lines;
    private readonly Lazy<Task> _writing;
    private long _dropped;

    /// <param name="to">Standard error. A separate task writes to it: a full pipe must not stop calls, and loses lines instead.</param>
    /// <param name="time">For the times in the lines.</param>
    public FailureLog(Stream to, TimeProvider time)
    {
        _time = time;
        _lines = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
        );
        _writing = new(() => Task.Run(() => WriteLinesAsync(to)));
    }

    public void Started(string socket, int maxConnections) =>
        Add(
            "info",
            writer =>
            {
                writer.WriteString("message", "bridge started");
                writer.WriteString("version", BridgeVersion.Text);
                writer.WriteNumber("pid", Environment.ProcessId);
                writer.WriteString("socket", socket);
                writer.WriteNumber("max_connections", maxConnections);
            }
        );

    public void CallFailed(SqlError error, InvokeFrame request, TimeSpan duration, Exception cause) =>
        Add(
            "error",
            writer =>
            {
                WriteError(writer, error);
                WriteText(writer, "function", request, InvokeTag.FunctionName);
                WriteText(writer, "region", request, InvokeTag.Region);
                WriteText(writer, "default_region", request, InvokeTag.DefaultRegion);
                WriteEndpoint(writer, request);
                WriteText(writer, "log_context", request, InvokeTag.LogContext);
                WriteText(writer, "application_name", request, InvokeTag.ApplicationName);
                WriteText(writer, "traceparent", request, InvokeTag.TraceParent);
                writer.WriteNumber("duration_ms", Math.Round(duration.TotalMilliseconds, 3));
                // The stack is needed to find a bug; for an expected failure it is noise.
                if (error.SqlState == SqlStates.Internal)
                    writer.WriteString("exception", cause.ToString());
            }
        );

    public void ObjectFailed(SqlError error, ObjectFrame asked, TimeSpan duration, Exception cause) =>
        Add(
            "error",
            writer =>
            {
                WriteError(writer, error);
                writer.WriteString("operation", asked.Operation.ToString());
                writer.WriteString("bucket", Shortened(asked.Bucket));
                writer.WriteString("key", Shortened(asked.Key));
                if (asked.LogContext is { } context)
                    writer.WriteString("log_context", Shortened(context));
                writer.WriteNumber("duration_ms", Math.Round(duration.TotalMilliseconds, 3));
                if (error.SqlState == SqlStates.Internal)
                    writer.WriteString("exception", cause.ToString());
            }
        );

    public void ConnectionRefused(SqlError error) => Add("error", writer => WriteError(writer, error));

    public void AcceptFailed(string reason) =>
        Add("error", writer => writer.WriteString("message", $"cannot accept a connection: {reason}"));

    public void Failed(string message) => Add("error", writer => writer.WriteString("message", message));

    public void Noted(string message) => Add("info", writer => writer.WriteString("message", message));

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        if (_writing.IsValueCreated)
            await _writing.Value;
    }

    private static void WriteError(Utf8JsonWriter writer, SqlError error)
    {
        writer.WriteString("sqlstate", error.SqlState);
        writer.WriteString("message", error.Message);
        // The detail of a function's error is its payload.
        if (error.SqlState != SqlStates.FunctionError && error.Detail is { } detail)
            writer.WriteString("detail", Shortened(detail));
    }

    private static void WriteEndpoint(Utf8JsonWriter writer, InvokeFrame request)
    {
        if (!request.Has(InvokeTag.EndpointOverride))
            return;
        // Only the host is logged, because an address may contain a user and a password.
        var text = Encoding.UTF8.GetString(request[InvokeTag.EndpointOverride].Span);
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "https://" + text;
        writer.WriteString("endpoint", Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri.Host : "malformed");
    }

    private static void WriteText(Utf8JsonWriter writer, string name, InvokeFrame request, InvokeTag tag)
    {
        if (request.Has(tag))
            writer.WriteString(name, Shortened(Encoding.UTF8.GetString(request[tag].Span)));
    }

    private static string Shortened(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    private void Add(string level, Action<Utf8JsonWriter> write)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("time", _time.GetUtcNow());
            writer.WriteString("level", level);
            write(writer);
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                writer.WriteNumber("lines_dropped", dropped);
            writer.WriteEndObject();
        }
        line.Write("\n"u8);
        if (!_lines.Writer.TryWrite(line.WrittenSpan.ToArray()))
            Interlocked.Increment(ref _dropped);
        // Started with the first line, so that the bridge is ready sooner.
        _ = _writing.Value;
    }

    private async Task WriteLinesAsync(Stream to)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            try
            {
                await to.WriteAsync(line);
            }
            catch (IOException)
            {
                // Nobody reads standard error any more; calls go on.
                Interlocked.Increment(ref _dropped);
            }
        }
    }
}
