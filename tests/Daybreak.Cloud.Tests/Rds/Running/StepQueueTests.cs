using Daybreak.Cloud.Rds.Running;

namespace Daybreak.Cloud.Tests.Rds.Running;

public sealed class StepQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<string> _done = [];
    private readonly List<Exception> _failures = [];
    private readonly StepQueue _queue;

    public StepQueueTests() => _queue = new StepQueue(_failures.Add);

    [Fact]
    public async Task Steps_are_done_in_order_and_one_that_fails_leaves_things_to_the_next()
    {
        _ = _queue.Enqueue(async () =>
        {
            await Task.Yield();
            _done.Add("first");
        });
        var failing = _queue.Enqueue(() => throw new InvalidOperationException("second"));
        var last = _queue.Enqueue(() => Do("third"));

        await Task.WhenAll(failing, last).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["first", "third"], _done);
        Assert.Equal("second", Assert.Single(_failures).Message);
    }

    [Fact]
    public async Task End_waits_for_the_step_at_hand_does_no_other_and_leaves_nobody_waiting()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var atHand = _queue.Enqueue(async () =>
        {
            begun.SetResult();
            await go.Task;
            Assert.True(_queue.IsEnding);
            _done.Add("at hand");
        });
        var waiting = _queue.Enqueue(() => Do("waiting"));
        await begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var end = _queue.EndAsync();
        var late = _queue.Enqueue(() => Do("late"));
        Assert.False(end.IsCompleted);
        go.SetResult();

        await Task.WhenAll(end, atHand, waiting, late).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["at hand"], _done);
        Assert.Empty(_failures);
    }

    private Task Do(string step)
    {
        _done.Add(step);
        return Task.CompletedTask;
    }
}
