using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Tests.FrontDoor;

public sealed class RequestGateTests
{
    private readonly RequestGate _gate = new();

    [Fact]
    public async Task Work_begins_when_the_last_request_is_out_and_new_ones_wait_for_its_end()
    {
        var inside = await _gate.EnterAsync(CancellationToken.None);
        var asked = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var end = new TaskCompletionSource();

        var exclusive = _gate.RunExclusivelyAsync(
            () =>
            {
                asked.TrySetResult();
                return Task.CompletedTask;
            },
            () =>
            {
                began.SetResult();
                return end.Task;
            }
        );
        await asked.Task;
        var late = _gate.EnterAsync(CancellationToken.None).AsTask();

        Assert.False(began.Task.IsCompleted || late.IsCompleted);
        inside.Dispose();
        await began.Task;
        Assert.False(late.IsCompleted);
        end.SetResult();
        await exclusive;
        (await late).Dispose();
        Assert.False(_gate.IsClosed);
    }

    [Fact]
    public async Task Requests_pass_again_after_work_that_failed()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _gate.RunExclusivelyAsync(static () => Task.CompletedTask, static () => throw new InvalidOperationException("full"))
        );

        (await _gate.EnterAsync(CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task A_client_that_goes_away_waits_no_longer()
    {
        var end = new TaskCompletionSource();
        var exclusive = _gate.RunExclusivelyAsync(static () => Task.CompletedTask, () => end.Task);
        using var gone = new CancellationTokenSource();
        var late = _gate.EnterAsync(gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        end.SetResult();
        await exclusive;
    }

    [Fact]
    public async Task Neither_works_nor_requests_ever_overlap_a_work()
    {
        var working = 0;
        var requests = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(async () =>
                {
                    for (var number = 0; number < 2000; number++)
                    {
                        using var passage = await _gate.EnterAsync(CancellationToken.None);
                        Assert.Equal(0, Volatile.Read(ref working));
                        await Task.Yield();
                        Assert.Equal(0, Volatile.Read(ref working));
                    }
                })
            )
            .ToList();
        var works = Enumerable
            .Range(0, 50)
            .Select(_ =>
                _gate.RunExclusivelyAsync(
                    static () => Task.CompletedTask,
                    async () =>
                    {
                        Assert.Equal(1, Interlocked.Increment(ref working));
                        await Task.Yield();
                        Interlocked.Decrement(ref working);
                    }
                )
            );

        await Task.WhenAll(requests.Concat(works));
    }
}
