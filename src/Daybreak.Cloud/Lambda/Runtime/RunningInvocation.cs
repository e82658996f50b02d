using System.Globalization;
using System.Text;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>An invocation while an execution environment runs it.</summary>
internal sealed class RunningInvocation
{
    // The invocation goes on where its end is seen, which saves a change of threads. Whoever ends it holds no lock.
    private readonly TaskCompletionSource<RunEnd> _ended = new();

    public RunningInvocation(Invocation invocation, DateTimeOffset deadline, long deadlineTimestamp)
    {
        Invocation = invocation;
        DeadlineTimestamp = deadlineTimestamp;
        Deadline = deadline;
        TraceId = invocation.TraceId is { } trace ? HeaderText(trace) : NewTraceId(deadline);
        RequestIdBytes = Encoding.UTF8.GetBytes(invocation.RequestId);
        Head = NextHead(invocation, deadline, TraceId);
    }

    public Invocation Invocation { get; }

    public DateTimeOffset Deadline { get; }

    public string TraceId { get; }

    /// <summary>The time of the time-out, as a timestamp of the TimeProvider.</summary>
    public long DeadlineTimestamp { get; }

    public byte[] RequestIdBytes { get; }

    /// <summary>Status line and headers of the reply to <c>next</c>.</summary>
    public byte[] Head { get; }

    /// <summary>
    /// The runtime's response; null before it has responded. Written under the exchange's lock before <see cref="Ended"/> completes.
    /// </summary>
    public RuntimeResponse? Response { get; set; }

    /// <summary>Whether the time-out was reached. Set before the process is killed.</summary>
    public bool TimedOut { get; set; }

    public Task<RunEnd> Ended => _ended.Task;

    public void End(RunEnd end) => _ended.TrySetResult(end);

    public ReadOnlyMemory<byte> Event => Invocation.Payload.IsEmpty ? EmptyEvent : Invocation.Payload;

    private static readonly byte[] EmptyEvent = "{}"u8.ToArray();

    private static byte[] NextHead(Invocation invocation, DateTimeOffset deadline, string traceId)
    {
        var length = invocation.Payload.IsEmpty ? EmptyEvent.Length : invocation.Payload.Length;
        var context = invocation.ClientContext is { } client ? "Lambda-Runtime-Client-Context: " + HeaderText(client) + "\r\n" : null;
        return Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + $"Lambda-Runtime-Aws-Request-Id: {invocation.RequestId}\r\n"
                    + $"Lambda-Runtime-Deadline-Ms: {deadline.ToUnixTimeMilliseconds()}\r\n"
                    + $"Lambda-Runtime-Invoked-Function-Arn: {invocation.InvokedFunctionArn}\r\n"
                    + $"Lambda-Runtime-Trace-Id: {traceId}\r\n{context}Content-Length: {length}\r\n\r\n"
            )
        );
    }

    private static string NewTraceId(DateTimeOffset time)
    {
        Span<byte> random = stackalloc byte[20];
        Random.Shared.NextBytes(random);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Root=1-{time.ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(random[..12])};"
                + $"Parent={Convert.ToHexStringLower(random[12..])};Sampled=0"
        );
    }

    // A line break from a caller must not begin a new header. In JSON a line break has no meaning.
    private static string HeaderText(string value) =>
        value.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 ? value : string.Concat(value.Select(letter => letter < ' ' ? ' ' : letter));
}

/// <summary>The runtime's response to an invocation.</summary>
/// <param name="IsError">Whether it was posted to <c>/error</c>.</param>
internal sealed record RuntimeResponse(ReadOnlyMemory<byte> Payload, bool IsError)
{
    /// <summary>The type of an error that came after the beginning of a response that streams.</summary>
    public string? ErrorType { get; init; }
}

/// <summary>How an invocation has ended.</summary>
internal enum RunEnd
{
    /// <summary>The runtime asked for the next event.</summary>
    Next,

    /// <summary>The process has exited or was killed.</summary>
    Exit,
}
