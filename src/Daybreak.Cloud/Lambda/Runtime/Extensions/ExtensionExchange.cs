using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>
/// The extensions of one environment: who is registered, what each is to do, and whether all of them wait for the next event. Thread-safe;
/// does not use sockets.
/// </summary>
/// <param name="files">Names of the programs in <c>/opt/extensions</c>, each of which has to register.</param>
internal sealed class ExtensionExchange(FunctionVersion function, IReadOnlyList<string> files)
{
    private const int Most = 10;

    private readonly Lock _lock = new();
    private readonly List<Extension> _extensions = [];
    private readonly TaskCompletionSource<(string Type, byte[] Payload)> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _idle;
    private bool _isInitialized;

    /// <summary>Completes when an extension reports that it cannot go on.</summary>
    public Task<(string Type, byte[] Payload)> Failed => _failed.Task;

    /// <summary>What registered, for the log: name and events.</summary>
    public IReadOnlyList<Extension> Registered
    {
        get
        {
            lock (_lock)
                return [.. _extensions];
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

    /// <summary><c>POST init/error</c> or <c>exit/error</c>.</summary>
    /// <returns>The refusal; null when it is accepted.</returns>
    public byte[]? Fail(string? id, string? errorType, ReadOnlyMemory<byte> payload)
    {
        if (Refusal(id) is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(errorType))
            return ExtensionReply.NoErrorType;
        _failed.TrySetResult((errorType, payload.ToArray()));
        return null;
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
    }

    /// <summary>Tells the extensions of an invocation.</summary>
    public void Begin(RunningInvocation run)
    {
        if (!HasNone)
            Tell(static extension => extension.TakesInvoke, ExtensionReply.Invoke(run));
    }

    /// <summary>Tells the extensions that the environment ends.</summary>
    /// <returns>False when none wants to know.</returns>
    public bool TryShutDown(string reason, DateTimeOffset deadline) =>
        Tell(static extension => extension.TakesShutdown, ExtensionReply.Shutdown(reason, deadline));

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
