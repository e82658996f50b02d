using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>
/// The extensions of one environment: who is registered, what each is to do, and whether all of them wait for the next event. Thread-safe;
/// does not use sockets.
/// </summary>
/// <param name="files">Names of the programs in <c>/opt/extensions</c>, each of which has to register.</param>
/// <param name="telemetry">What they can subscribe to.</param>
internal sealed class ExtensionExchange(FunctionVersion function, IReadOnlyList<string> files, TelemetryRelay telemetry)
{
    private const int Most = 10;

    private readonly Lock _lock = new();
    private readonly List<Extension> _extensions = [];
    private readonly TaskCompletionSource<ExtensionFailure> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _idle;
    private bool _isInitialized;
    private bool _isEnding;
    private int _ended;

    /// <summary>Completes when the process of an extension has ended by itself, or one within the runtime's process has reported that it
    /// cannot go on.</summary>
    public Task<ExtensionFailure> Failed => _failed.Task;

    /// <summary>Why the environment has to end; null: no extension has failed.</summary>
    public ExtensionFailure? Failure => _failed.Task.IsCompletedSuccessfully ? _failed.Task.Result : null;

    /// <summary>Completes when the processes of all extensions have ended.</summary>
    public Task AllEnded => files.Count == 0 ? Task.CompletedTask : _allEnded.Task;

    /// <summary>For the log: those that registered, and those that have not.</summary>
    public IReadOnlyList<ExtensionStatus> Statuses
    {
        get
        {
            lock (_lock)
                return
                [
                    .. _extensions.Select(static extension => new ExtensionStatus(
                        extension.Name,
                        extension.Reported?.State ?? (extension.IsReady ? "Ready" : "Registered"),
                        [.. extension.TakesInvoke ? ["INVOKE"] : (string[])[], .. extension.TakesShutdown ? ["SHUTDOWN"] : (string[])[]],
                        extension.Reported?.ErrorType
                    )),
                    .. files
                        .Where(file => !_extensions.Exists(extension => extension.Name == file))
                        .Select(static file => new ExtensionStatus(file, "Started", [], null)),
                ];
        }
    }

    /// <summary><c>POST register</c>.</summary>
    /// <returns>The reply.</returns>
    public byte[] Register(string? name, ReadOnlyMemory<byte> body, bool withAccount)
    {
        if (string.IsNullOrEmpty(name))
            return ExtensionReply.NoName;
        if (EventsOf(body) is not { } events)
            return ExtensionReply.Malformed;
        if (events.FirstOrDefault(one => one != "INVOKE" && (one != "SHUTDOWN" || !files.Contains(name))) is { } wrong)
            return ExtensionReply.InvalidEvent(wrong); // an extension within the runtime's process gets no SHUTDOWN
        lock (_lock)
        {
            if (_isInitialized)
                return ExtensionReply.Closed;
            if (_extensions.Exists(other => other.Name == name))
                return ExtensionReply.Taken(name);
            if (_extensions.Count == Most)
                return ExtensionReply.TooMany(Most);
            var extension = new Extension(name, events.Contains("INVOKE"), events.Contains("SHUTDOWN"));
            _extensions.Add(extension);
            return ExtensionReply.Registered(extension, function, withAccount);
        }
    }

    /// <summary><c>GET event/next</c>: completes with the reply; with null when the environment ends, or another call came
    /// instead.</summary>
    public ValueTask<byte[]?> NextAsync(string? id)
    {
        if (Refusal(id) is { } refusal)
            return ValueTask.FromResult<byte[]?>(refusal);
        TaskCompletionSource<byte[]?>? superseded;
        TaskCompletionSource? idle = null;
        var next = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            var extension = _extensions.Find(one => one.Id == id)!;
            extension.IsReady = true;
            if (extension.Waiting is { } waiting)
            {
                extension.Waiting = null;
                return ValueTask.FromResult<byte[]?>(waiting);
            }
            (superseded, extension.Next) = (extension.Next, next);
            if (IsIdleUnsafe())
                (idle, _idle) = (_idle, null);
        }
        superseded?.TrySetResult(null);
        idle?.TrySetResult();
        return new ValueTask<byte[]?>(next.Task);
    }

    /// <summary><c>POST init/error</c> or <c>exit/error</c>. As on AWS, the environment ends when the process then exits.</summary>
    /// <returns>The refusal; null when it is accepted.</returns>
    public byte[]? Fail(string? id, string? errorType, bool inInit)
    {
        if (Refusal(id) is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(errorType))
            return ExtensionReply.NoErrorType;
        var state = inInit ? "InitError" : "ExitError";
        bool isInternal;
        lock (_lock)
        {
            var extension = _extensions.Find(one => one.Id == id)!;
            extension.Reported ??= (state, errorType);
            isInternal = !files.Contains(extension.Name);
        }
        if (isInternal)
            _failed.TrySetResult(ExtensionFailure.Of(state, ProcessExit.WithCode(0)));
        return null;
    }

    /// <summary>The process of an extension has ended.</summary>
    /// <param name="index">Its place in the list of files.</param>
    public void Ended(int index, ProcessExit exit)
    {
        if (index < 0 || index >= files.Count)
            return;
        ExtensionFailure? failure = null;
        bool wasLast;
        lock (_lock)
        {
            wasLast = ++_ended == files.Count;
            if (!_isEnding)
                failure = ExtensionFailure.Of(_extensions.Find(one => one.Name == files[index])?.Reported?.State, exit);
        }
        if (failure is not null)
            _failed.TrySetResult(failure);
        if (wasLast)
            _allEnded.TrySetResult();
    }

    /// <summary>The environment ends, and the processes of extensions with it: that is no failure of theirs.</summary>
    public void Ending()
    {
        lock (_lock)
            _isEnding = true;
    }

    /// <summary><c>PUT telemetry</c> or <c>logs</c>.</summary>
    /// <returns>The reply.</returns>
    public byte[] Subscribe(string? id, ReadOnlyMemory<byte> body, bool isLogs)
    {
        if (Refusal(id) is { } refusal)
            return refusal;
        string name;
        lock (_lock)
            name = _extensions.Find(one => one.Id == id)!.Name;
        return telemetry.Subscribe(name, body, isLogs);
    }

    /// <summary>Why a call with this identifier is refused; null when it is that of an extension.</summary>
    public byte[]? Refusal(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return ExtensionReply.NoIdentifier;
        if (!Guid.TryParse(id, out _))
            return ExtensionReply.BadIdentifier;
        lock (_lock)
            return _extensions.Exists(one => one.Id == id) ? null : ExtensionReply.UnknownIdentifier;
    }

    /// <summary>Completes when every extension that has to be there is, and all of them wait for the next event.</summary>
    public Task WhenIdle()
    {
        if (HasNone)
            return Task.CompletedTask;
        lock (_lock)
        {
            if (IsIdleUnsafe())
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>To be called at the end of init: nobody can register any more.</summary>
    public void CloseRegistration()
    {
        lock (_lock)
            _isInitialized = true;
        telemetry.Close();
    }

    /// <summary>Tells the extensions of an invocation.</summary>
    public void Begin(RunningInvocation run)
    {
        if (!HasNone)
            Tell(static extension => extension.TakesInvoke, ExtensionReply.Invoke(run));
    }

    /// <summary>Completes when extensions have taken what they subscribe to.</summary>
    public Task FlushTelemetryAsync() => telemetry.FlushAsync();

    /// <summary>Tells the extensions that the environment ends.</summary>
    /// <returns>False when none wants to know.</returns>
    public bool TryShutDown(string reason, DateTimeOffset deadline)
    {
        Ending();
        return Tell(static extension => extension.TakesShutdown, ExtensionReply.Shutdown(reason, deadline));
    }

    /// <summary>Ends all calls: the environment has ended.</summary>
    public void Close()
    {
        List<TaskCompletionSource<byte[]?>> open = [];
        TaskCompletionSource? idle;
        lock (_lock)
        {
            foreach (var extension in _extensions)
            {
                if (extension.Next is { } next)
                    open.Add(next);
                extension.Next = null;
            }
            (idle, _idle) = (_idle, null);
        }
        open.ForEach(static next => next.TrySetResult(null));
        idle?.TrySetResult();
        telemetry.Dispose();
    }

    private bool Tell(Predicate<Extension> wants, byte[] reply)
    {
        List<TaskCompletionSource<byte[]?>> open = [];
        bool any;
        lock (_lock)
        {
            var told = _extensions.FindAll(wants);
            any = told.Count > 0;
            foreach (var extension in told)
            {
                if (extension.Next is { } next)
                    open.Add(next);
                else
                    extension.Waiting = reply;
                extension.Next = null;
            }
        }
        open.ForEach(next => next.TrySetResult(reply));
        return any;
    }

    // Most functions have none. The list is read without its lock, as nobody can register any more when it matters.
    private bool HasNone => files.Count == 0 && _extensions.Count == 0;

    private bool IsIdleUnsafe() =>
        _extensions.TrueForAll(static extension => extension.Next is not null)
        && files.All(file => _extensions.Exists(extension => extension.Name == file));

    private static string[]? EventsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return !document.RootElement.TryGetProperty("events", out var events)
                ? []
                : [.. events.EnumerateArray().Select(static one => one.GetString() ?? "")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
