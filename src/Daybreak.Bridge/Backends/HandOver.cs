using System.Threading.Tasks.Sources;

namespace Daybreak.Bridge.Backends;

/// <summary>
/// Wakes one waiting loop again and again without allocating. The waiter runs on the thread that signals. After each wake it must call <see
/// cref="Reset"/> before anything can cause the next signal.
/// </summary>
public sealed class HandOver : IValueTaskSource<bool>
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _core;
    private bool _signalled;
    private bool _closed;

    /// <summary>True when there is work, false when there will be none any more.</summary>
    public ValueTask<bool> WaitAsync() => new(this, _core.Version);

    public void Signal()
    {
        lock (_lock)
            _signalled = true;
        _core.SetResult(true);
    }

    /// <summary>Ends the loop after its current work.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            if (_signalled)
                return;
        }
        _core.SetResult(false);
    }

    public void Reset()
    {
        lock (_lock)
        {
            _core.Reset();
            _signalled = false;
            if (!_closed)
                return;
        }
        _core.SetResult(false);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _core.OnCompleted(continuation, state, token, flags);
}
