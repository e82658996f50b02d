namespace Daybreak.Bridge.Invocation;

/// <summary>
/// Ends a call early, when its time is up or its client has disconnected. There is one per backend connection, reset between calls so that
/// the usual call allocates nothing for it. Any thread may call <see cref="Abandon"/> at any time.
/// </summary>
public sealed class CallCancellation(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _source = new();
    private ITimer? _timer;
    private long? _startedAt;
    private TimeSpan _total;
    private bool _final;

    /// <summary>The client has disconnected: nobody waits for the answer.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>Valid until <see cref="End"/>.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Limits everything up to the answer; called when the call has to wait before it can send.</summary>
    public void LimitWhole(TimeSpan total)
    {
        if (_final || _startedAt is not null)
            return;
        (_startedAt, _total) = (time.GetTimestamp(), total);
        CancelAfter(total);
    }

    /// <summary>Limits the exchange that starts now, within the rest of the whole limit.</summary>
    public void LimitExchange(TimeSpan request)
    {
        if (_final)
            return;
        if (_startedAt is { } startedAt)
        {
            var left = _total - time.GetElapsedTime(startedAt);
            if (left < request)
                request = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
        CancelAfter(request);
    }

    /// <summary>The current limit also covers everything that follows, including a second exchange.</summary>
    public void KeepLimit() => _final = true;

    /// <summary>Prepares for the next call.</summary>
    public void End()
    {
        (_startedAt, _final) = (null, false);
        lock (_lock)
        {
            if (Abandoned || _timer is null && _source.TryReset())
                return;
            Renew();
        }
    }

    public void Abandon()
    {
        CancellationTokenSource source;
        lock (_lock)
            (Abandoned, source) = (true, _source);
        // Outside the lock, because a continuation of the cancelled call may run on this thread.
        source.Cancel();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _source.Dispose();
        }
    }

    private void CancelAfter(TimeSpan limit)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            _source.CancelAfter(limit);
            return;
        }
        // A clock of tests, whose timers cannot be reset like the system's.
        _timer?.Dispose();
        var source = _source;
        _timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), source, limit, Timeout.InfiniteTimeSpan);
    }

    private void Renew()
    {
        _timer?.Dispose();
        _timer = null;
        _source.Dispose();
        _source = new();
    }
}
