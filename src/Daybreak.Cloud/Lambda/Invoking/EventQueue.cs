using System.Collections.Concurrent;
using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>
/// The queue of accepted Event invocations. An event is written to disk before the request is answered, and removed after it has run.
/// An event that was running when this process ended runs again at the next start: AWS promises to run events at least once.
/// </summary>
internal sealed class EventQueue(
    ResourceTable<QueuedEvent> table,
    FunctionRunner runner,
    RetryPolicy retries,
    TimeProvider time,
    Action<Exception> failed
) : IAsyncDisposable
{
    /// <summary>Events of one function that run at the same time, so that a burst does not start a thousand processes on one
    /// machine.</summary>
    private const int ParallelPerFunction = 8;

    private readonly ConcurrentDictionary<ResourceKey, Task> _running = new();
    private readonly ConcurrentDictionary<ResourceKey, SemaphoreSlim> _lanes = new();
    private CancellationTokenSource _ending = new();

    /// <summary>Accepts an event. Once this completes, the event survives even a kill -9.</summary>
    public async ValueTask AcceptAsync(QueuedEvent queued)
    {
        await table.PutAsync(KeyOf(queued), queued);
        Start(queued);
    }

    /// <summary>Continues with the events that an earlier process left.</summary>
    public void Resume()
    {
        foreach (var (_, queued) in table.All())
            Start(queued);
    }

    /// <summary>Stops and forgets running events. The store empties the table.</summary>
    public async Task ResetAsync()
    {
        await EndAsync();
        _ending.Dispose();
        _ending = new();
        _lanes.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ending.Dispose();
    }

    private async Task EndAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_running.Values);
    }

    private static ResourceKey KeyOf(QueuedEvent queued) => new(queued.Function.AccountId, queued.Function.Region, queued.RequestId);

    private void Start(QueuedEvent queued)
    {
        var key = KeyOf(queued);
        var ending = _ending.Token;
        var gate = new TaskCompletionSource();
        _running[key] = Task.Run(
            async () =>
            {
                await gate.Task; // waits until the task is registered, or it would stay registered for ever
                try
                {
                    await RunAsync(queued, ending);
                }
                catch (OperationCanceledException) when (ending.IsCancellationRequested)
                {
                    // The event stays on disk and runs at the next start.
                }
                catch (Exception error)
                {
                    failed(error);
                }
                finally
                {
                    _running.TryRemove(key, out _);
                }
            },
            CancellationToken.None
        );
        gate.SetResult();
    }

    private async Task RunAsync(QueuedEvent queued, CancellationToken ending)
    {
        var key = KeyOf(queued);
        for (var next = queued; next is not null; )
        {
            queued = next;
            if (queued.NotBefore is { } start && start - time.GetUtcNow() is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, ending);
            next = await AttemptAsync(queued, ending);
            if (next is not null)
                await table.PutAsync(key, next);
        }
        await table.RemoveAsync(key);
    }

    /// <returns>The event with its next attempt; null when there is none.</returns>
    private async ValueTask<QueuedEvent?> AttemptAsync(QueuedEvent queued, CancellationToken ending)
    {
        var lane = _lanes.GetOrAdd(queued.Function.Key, static _ => new SemaphoreSlim(ParallelPerFunction));
        await lane.WaitAsync(ending);
        try
        {
            if (runner.IsShut(queued.Function))
                return null; // without an attempt, as on AWS
            var invocation = new Invocation(
                queued.RequestId,
                queued.Function.Arn,
                queued.Payload,
                ClientContext: null,
                queued.TraceId,
                WantsLogTail: false
            );
            var run = await runner.RunAsync(queued.Function, invocation, ending);
            return run?.Outcome.FunctionError is not null ? retries.AfterFunctionError(queued, time.GetUtcNow()) : null;
        }
        catch (AwsException)
        {
            return RetryPolicy.AfterThrottle(queued, time.GetUtcNow());
        }
        catch (Exception error) when (!ending.IsCancellationRequested)
        {
            failed(error);
            return RetryPolicy.AfterThrottle(queued, time.GetUtcNow());
        }
        finally
        {
            lane.Release();
        }
    }
}
