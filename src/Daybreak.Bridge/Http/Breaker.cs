namespace Daybreak.Bridge.Http;

/// <summary>The <see cref="BreakerState"/> of one endpoint, shared by its calls. Calls that have it off do not touch it.</summary>
public sealed class Breaker(TimeProvider time)
{
    // For so long after the last event a state is kept although no connection is open.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private BreakerState _state;
    private TimeSpan _changed;

    /// <summary>Whether there is nothing left to remember.</summary>
    public bool IsForgotten
    {
        get
        {
            lock (_lock)
                return _state == default || (!_state.Probing && Now > (_state.Until ?? _changed) + KeptFor);
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Returns null while it is closed.</summary>
    public BreakerView? View()
    {
        lock (_lock)
            return ViewOf(_state);
    }

    /// <param name="view">What to tell when the call is refused.</param>
    public BreakerVerdict Enter(out BreakerView? view)
    {
        lock (_lock)
        {
            (_state, var verdict) = _state.Enter(Now);
            view = verdict == BreakerVerdict.Refuse ? ViewOf(_state) : null;
            return verdict;
        }
    }

    public void Fail(int most, TimeSpan pause, bool wasProbe, string reason)
    {
        lock (_lock)
            (_state, _changed) = (_state.Fail(Now, most, pause, wasProbe, reason), Now);
    }

    public void Answer()
    {
        lock (_lock)
            _state = BreakerState.Answer();
    }

    public void Leave(bool wasProbe)
    {
        lock (_lock)
            _state = _state.Leave(wasProbe);
    }

    private BreakerView? ViewOf(BreakerState state)
    {
        if (state.Until is not { } until)
            return null;
        var (now, wall) = (Now, time.GetUtcNow());
        return new(state.Failures, wall + (state.Since - now), until > now ? wall + (until - now) : null, state.Reason ?? "");
    }
}

/// <summary>An open breaker as it is shown.</summary>
/// <param name="Failures">How many there were in a row.</param>
/// <param name="Since">When the first of them was.</param>
/// <param name="Until">When a call tries the endpoint again; null: one does now, or the next one will.</param>
/// <param name="Reason">The last failure in words.</param>
public sealed record BreakerView(int Failures, DateTimeOffset Since, DateTimeOffset? Until, string Reason);
