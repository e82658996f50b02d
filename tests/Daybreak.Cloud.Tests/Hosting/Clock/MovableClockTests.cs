using Daybreak.Cloud.Hosting.Clock;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Cloud.Tests.Hosting.Clock;

public sealed class MovableClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start);
    private readonly MovableClock _clock;
    private readonly List<string> _fired = [];

    public MovableClockTests() => _clock = new MovableClock(_real);

    [Fact]
    public void Timers_within_a_move_fire_now_and_in_order_and_the_others_keep_their_time()
    {
        using var late = Timer("late", TimeSpan.FromHours(3));
        using var second = Timer("second", TimeSpan.FromMinutes(2));
        using var first = Timer("first", TimeSpan.FromMinutes(1));
        _clock.Move(TimeSpan.FromHours(2));
        Assert.Equal(["first", "second"], _fired);
        _real.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _fired.Count);
        _real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["first", "second", "late"], _fired);
    }

    [Fact]
    public void Without_a_move_it_runs_as_the_real_clock()
    {
        using var timer = Timer("due", TimeSpan.FromDays(100));
        _real.Advance(TimeSpan.FromDays(99));
        Assert.Equal(Start.AddDays(99), _clock.GetUtcNow());
        Assert.Empty(_fired);
        _real.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["due"], _fired);
    }

    [Fact]
    public void After_a_move_back_a_timer_waits_for_its_time()
    {
        using var timer = Timer("due", TimeSpan.FromMinutes(1));
        _clock.Move(-TimeSpan.FromHours(1));
        _real.Advance(TimeSpan.FromMinutes(60));
        Assert.Empty(_fired);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["due"], _fired);
    }

    [Fact]
    public void A_timer_with_a_period_fires_once_in_a_move_and_goes_on()
    {
        var minute = TimeSpan.FromMinutes(1);
        using var timer = _clock.CreateTimer(_ => _fired.Add("tick"), null, minute, minute);
        _clock.Move(TimeSpan.FromHours(1));
        Assert.Single(_fired);
        _real.Advance(minute);
        Assert.Equal(2, _fired.Count);
    }

    [Fact]
    public async Task A_delay_of_six_hours_ends_with_the_move()
    {
        var delay = Task.Delay(TimeSpan.FromHours(6), _clock, TestContext.Current.CancellationToken);
        _clock.Move(TimeSpan.FromHours(6));
        await delay;
    }

    [Fact]
    public void A_timer_that_was_stopped_or_disposed_of_does_not_fire()
    {
        var disposed = Timer("disposed", TimeSpan.FromMinutes(1));
        using var stopped = Timer("stopped", TimeSpan.FromMinutes(1));
        disposed.Dispose();
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        Assert.True(stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _clock.Move(TimeSpan.FromHours(1));
        _real.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void What_something_takes_is_real()
    {
        var start = _clock.GetTimestamp();
        _clock.Move(TimeSpan.FromDays(1));
        _real.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.GetElapsedTime(start));
    }

    private ITimer Timer(string name, TimeSpan due) => _clock.CreateTimer(_ => _fired.Add(name), null, due, Timeout.InfiniteTimeSpan);
}
