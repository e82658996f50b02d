namespace Daybreak.Cloud.Hosting.Clock;

/// <summary>
/// The clock of everything that AWS decides by the time: it runs as fast as the real one, and may be ahead of it or behind. Timers follow
/// a move: those that are due within it fire at once, in the order of their times. Timestamps measure how long something takes: they stay
/// real.
/// </summary>
public sealed class MovableClock(TimeProvider real) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<ClockTimer> _timers = [];
    private long _offset;

    /// <summary>The clock of this machine, and of the processes and clients that run on it.</summary>
    public TimeProvider Real => real;

    /// <summary>How far it is ahead of the real clock.</summary>
    public TimeSpan Offset => new(Volatile.Read(ref _offset));

    /// <summary>Called after a move, before timers fire, with how far it was.</summary>
    public event Action<TimeSpan>? Moved;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock. Returns when the timers that are due have been called.</summary>
    public void Move(TimeSpan offset)
    {
        ClockTimer[] timers;
        TimeSpan by;
        lock (_lock)
        {
            by = offset - Offset;
            Volatile.Write(ref _offset, offset.Ticks);
            timers = [.. _timers];
        }
        Moved?.Invoke(by);
        foreach (var timer in timers.OrderBy(static timer => timer.Due))
            timer.Look();
    }

    private void Forget(ClockTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    /// <summary>A timer with an absolute time, over one of the real clock that wakes it.</summary>
    private sealed class ClockTimer : ITimer
    {
        private const long Never = long.MaxValue;

        /// <summary>Real timers take no more than 49 days; a look that comes too early is harmless.</summary>
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

        private readonly Lock _lock = new();
        private readonly MovableClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private readonly ITimer _wake;
        private long _due = Never;
        private TimeSpan _period;
        private bool _isDisposed;

        public ClockTimer(MovableClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _wake = clock.Real.CreateTimer(
                static timer => ((ClockTimer)timer!).Look(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }

        /// <summary>In ticks of the moved time.</summary>
        public long Due => Volatile.Read(ref _due);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                if (_isDisposed)
                    return false;
                _period = period;
                Arm(dueTime == Timeout.InfiniteTimeSpan ? null : dueTime);
                return true;
            }
        }

        /// <summary>Fires if it is due, and otherwise waits on.</summary>
        public void Look()
        {
            lock (_lock)
            {
                if (_isDisposed || _due == Never)
                    return;
                if (_due - _clock.GetUtcNow().UtcTicks is > 0 and var left)
                {
                    Wake(new TimeSpan(left));
                    return;
                }
                Arm(_period > TimeSpan.Zero ? _period : null);
            }
            if (_context is null)
                _callback(_state);
            else
                ExecutionContext.Run(_context, new ContextCallback(_callback), _state);
        }

        public void Dispose()
        {
            lock (_lock)
            {
                if (_isDisposed)
                    return;
                _isDisposed = true;
                _due = Never;
            }
            _clock.Forget(this);
            _wake.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return _wake.DisposeAsync();
        }

        private void Arm(TimeSpan? wait)
        {
            Volatile.Write(ref _due, wait is { } time ? _clock.GetUtcNow().UtcTicks + time.Ticks : Never);
            Wake(wait);
        }

        // A timer of the real clock counts whole milliseconds: rounded down, it would wake just before the time.
        private void Wake(TimeSpan? wait) =>
            _wake.Change(
                wait is not { } time ? Timeout.InfiniteTimeSpan
                    : time > LongestWait ? LongestWait
                    : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(time.TotalMilliseconds, 0))),
                Timeout.InfiniteTimeSpan
            );
    }
}
