namespace Daybreak.Bridge.Invocation;

/// <summary>
/// What ends a call early: its time is up, or its client is gone. One per backend connection, reset between calls so that the
/// usual call allocates nothing for it. <see cref="Abandon"/> may come from another thread at any moment.
/// </summary>
public sealed class CallCancellation(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _source = new();
    private ITimer? _timer;
    private long? _startedAt;
    private TimeSpan _total;
    private bool _final;

    /// <summary>The client closed: nobody waits for the answer.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>Valid until <see cref="End"/>.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Bounds everything up to the answer; called when the call has to wait for anything before it can send.</summary>
    public void LimitWhole(TimeSpan total)
    {
        if (_final || _startedAt is not null)
            return;
        (_startedAt, _total) = (time.GetTimestamp(), total);
        CancelAfter(total);
    }

    /// <summary>Bounds the exchange that starts now, within what is left of the whole.</summary>
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

    /// <summary>The limit that runs now is that of all that follows, a second exchange included.</summary>
    public void KeepLimit() => _final = true;

    /// <summary>Makes ready for the next call.</summary>
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
        // Outside the lock: what is cancelled may continue on this thread.
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
        // A clock that tests drive: its timers cannot be reset as the system's can.
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
