using System.Diagnostics.CodeAnalysis;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Lets requests through, any number at once, and holds them back while something runs alone. Costs a request two
/// increments.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody waits for by handle holds nothing to give back.")]
public sealed class RequestGate
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _alone = new(1);
    private long _inside;
    private volatile Closing? _closing;

    public bool IsClosed => _closing is not null;

    /// <summary>Waits while the gate is closed. Disposing the result says that the request is done with.</summary>
    /// <exception cref="OperationCanceledException">The client went away meanwhile.</exception>
    public async ValueTask<Passage> EnterAsync(CancellationToken aborted)
    {
        while (true)
        {
            Interlocked.Increment(ref _inside); // before the look: who closes sees one of the two
            if (_closing is not { } closed)
                return new Passage(this);
            Leave();
            await closed.Reopened.Task.WaitAsync(aborted);
        }
    }

    /// <summary>Runs <paramref name="work"/> alone: requests that come wait for its end, and those that are inside end before it
    /// begins.</summary>
    /// <param name="endRequests">Ends what requests inside may wait for. It is called until none is left: one of them may begin
    /// anew.</param>
    public async Task RunAloneAsync(Func<Task> endRequests, Func<Task> work)
    {
        await _alone.WaitAsync();
        var closed = new Closing();
        try
        {
            _closing = closed;
            Interlocked.MemoryBarrier(); // before the look: who enters sees one of the two
            while (Interlocked.Read(ref _inside) > 0)
            {
                await endRequests();
                await Task.WhenAny(closed.Empty.Task, Task.Delay(Again));
            }
            await work();
        }
        finally
        {
            _closing = null;
            closed.Reopened.SetResult();
            _alone.Release();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inside) == 0)
            _closing?.Empty.TrySetResult();
    }

    public readonly struct Passage(RequestGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }

    private sealed class Closing
    {
        public TaskCompletionSource Empty { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Reopened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
