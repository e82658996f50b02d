using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>
/// The protocol state of one runtime process: decides which call of the Runtime API is allowed now and what it does. Thread-safe;
/// does not use sockets.
/// </summary>
internal sealed class RuntimeExchange
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<InitEnd> _initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private State _state = State.Started;
    private TaskCompletionSource<RunningInvocation?>? _next;
    private RunningInvocation? _current;

    private enum State
    {
        Started,
        InitError,
        Ready,
        Running,
        ResponseSent,
        Closed,
    }

    /// <summary>Completes when the runtime asks for its first event, reports that it failed, or is closed before.</summary>
    public Task<InitEnd> Initialized => _initialized.Task;

    /// <summary>Gives <paramref name="run"/> to the runtime, which must be waiting for an event.</summary>
    /// <returns>False when the process has ended meanwhile.</returns>
    public bool TryBegin(RunningInvocation run)
    {
        TaskCompletionSource<RunningInvocation?>? next;
        lock (_lock)
        {
            if (_state != State.Ready)
                return false;
            _state = State.Running;
            _current = run;
            (next, _next) = (_next, null);
        }

        // The connection's continuation runs here and sends the event on the caller's thread, which saves a thread switch.
        next?.SetResult(run);
        return true;
    }

    /// <summary><c>GET next</c>: completes with the event to send; with null when the call is refused with <paramref name="refusal"/> or
    /// superseded.</summary>
    public ValueTask<RunningInvocation?> NextAsync(out byte[]? refusal)
    {
        refusal = null;
        RunningInvocation? finished = null;
        TaskCompletionSource<RunningInvocation?>? superseded = null;
        TaskCompletionSource<RunningInvocation?> next;
        lock (_lock)
        {
            switch (_state)
            {
                case State.Running:
                    // As on AWS, a runtime that asks again before it has responded (say, after a broken connection) gets the same event.
                    return new ValueTask<RunningInvocation?>(_current);
                case State.Started or State.Ready or State.ResponseSent:
                    break;
                default:
                    refusal = RuntimeApiReply.InvalidTransition(NameOf(_state), "Ready");
                    return default;
            }

            if (_state == State.ResponseSent)
                (finished, _current) = (_current, null);
            _state = State.Ready;
            // The continuation runs inline: see TryBegin.
            next = new TaskCompletionSource<RunningInvocation?>();
            (superseded, _next) = (_next, next);
        }

        superseded?.TrySetResult(null);
        _initialized.TrySetResult(InitEnd.Ready);
        finished?.End(RunEnd.Next);
        return new ValueTask<RunningInvocation?>(next.Task);
    }

    /// <summary>Null when <paramref name="requestId"/> is the current invocation and may be answered now; otherwise the reply that
    /// refuses it.</summary>
    public byte[]? Refusal(ReadOnlySpan<byte> requestId, bool isError)
    {
        lock (_lock)
            return RefusalUnsafe(requestId, isError);
    }

    /// <summary>Where the response of the current invocation goes while it arrives; null: it is wanted in one piece.</summary>
    public ResponseStream? StreamOf(ReadOnlySpan<byte> requestId)
    {
        lock (_lock)
            return RefusalUnsafe(requestId, isError: false) is null ? _current!.Invocation.Stream : null;
    }

    /// <summary><c>POST response</c> or <c>error</c>.</summary>
    /// <returns>Null when the response is accepted; otherwise the reply that refuses it.</returns>
    public byte[]? Respond(ReadOnlySpan<byte> requestId, RuntimeResponse response, bool toErrorCall)
    {
        lock (_lock)
        {
            var refusal = RefusalUnsafe(requestId, toErrorCall);
            if (refusal is not null)
                return refusal;
            _current!.Response = response;
            _state = State.ResponseSent;
            return null;
        }
    }

    /// <summary><c>POST init/error</c>.</summary>
    public byte[]? FailInit(ReadOnlyMemory<byte> payload, string errorType)
    {
        lock (_lock)
        {
            if (_state != State.Started)
                return RuntimeApiReply.InvalidTransition(NameOf(_state), "InitError");
            _state = State.InitError;
        }

        _initialized.TrySetResult(new InitEnd(InitStatus.Error, errorType, payload));
        return null;
    }

    public bool IsReady
    {
        get
        {
            lock (_lock)
                return _state == State.Ready;
        }
    }

    /// <summary>Whether a runtime waits for an event or has one.</summary>
    public bool IsAttached
    {
        get
        {
            lock (_lock)
                return _state is State.Ready or State.Running or State.ResponseSent;
        }
    }

    /// <summary>Whether the runtime has reported that it cannot start.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_lock)
                return _state == State.InitError;
        }
    }

    /// <summary>
    /// Called when a runtime that was not started here has gone: another may come in its place. Ends the run that it had.
    /// </summary>
    public void Renew()
    {
        TaskCompletionSource<RunningInvocation?>? next;
        RunningInvocation? current;
        lock (_lock)
        {
            if (_state == State.Closed)
                return;
            _state = State.Started;
            (next, _next, current, _current) = (_next, null, _current, null);
        }

        next?.TrySetResult(null);
        current?.End(RunEnd.Exit);
    }

    /// <summary>Called when the time of <paramref name="run"/> is up. Refuses all further calls, unless the run has just ended.</summary>
    public bool TryExpire(RunningInvocation run)
    {
        lock (_lock)
        {
            if (_current != run || _state == State.Closed)
                return false;
            _state = State.Closed;
            return true;
        }
    }

    /// <summary>Called when the process has ended or is about to be killed. Refuses all further calls.</summary>
    public void Close()
    {
        TaskCompletionSource<RunningInvocation?>? next;
        lock (_lock)
        {
            _state = State.Closed;
            (next, _next) = (_next, null);
        }

        next?.TrySetResult(null);
    }

    /// <summary>Called when the process has ended and its output was read. Ends the run that still waits for it.</summary>
    public void Exited()
    {
        Close();
        RunningInvocation? current;
        lock (_lock)
            (current, _current) = (_current, null);
        _initialized.TrySetResult(new InitEnd(InitStatus.Exited, null, default));
        current?.End(RunEnd.Exit);
    }

    private byte[]? RefusalUnsafe(ReadOnlySpan<byte> requestId, bool isError)
    {
        if (_current is null || !requestId.SequenceEqual(_current.RequestIdBytes))
            return RuntimeApiReply.InvalidRequestId;
        return _state == State.Running
            ? null
            : RuntimeApiReply.InvalidTransition(NameOf(_state), isError ? "InvocationErrorResponse" : "InvocationResponse");
    }

    private static string NameOf(State state) => state == State.ResponseSent ? "RuntimeResponseSentState" : state.ToString();
}

/// <param name="ErrorType">Value of Lambda-Runtime-Function-Error-Type when the runtime reported an error.</param>
/// <param name="Payload">Body of that report, which becomes the payload of the response.</param>
internal sealed record InitEnd(InitStatus Status, string? ErrorType, ReadOnlyMemory<byte> Payload)
{
    public static readonly InitEnd Ready = new(InitStatus.Ready, null, default);

    /// <summary>The extension that has made it fail; null: none.</summary>
    public ExtensionFailure? Extension { get; init; }
}

internal enum InitStatus
{
    Ready,
    Error,
    Exited,
    TimedOut,
}
