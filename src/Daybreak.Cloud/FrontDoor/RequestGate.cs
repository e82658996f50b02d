using System.Diagnostics.CodeAnalysis;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Lets any number of requests pass at the same time, and holds them back during exclusive work. It costs a request two increments.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody waits for by handle holds nothing to give back.")]
public sealed class RequestGate
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _exclusive = new(1);
    private long _inside;
    private volatile Closing? _closing;

    public bool IsClosed => _closing is not null;

    /// <summary>Waits while the gate is closed. Disposing the result marks the end of the request.</summary>
    /// <exception cref="OperationCanceledException">The client disconnected in the meantime.</exception>
    public async ValueTask<Passage> EnterAsync(CancellationToken aborted)
    {
        while (true)
        {
            Interlocked.Increment(ref _inside); // before the check, so that the closing thread sees one of the two
            if (_closing is not { } closed)
                return new Passage(this);
            Leave();
            await closed.Reopened.Task.WaitAsync(aborted);
        }
    }

    /// <summary>Runs <paramref name="work"/> exclusively: new requests wait for its end, and current ones end before it starts.</summary>
    /// <param name="endRequests">Ends what current requests may wait for. It is called until no request is left, because one of them may
    /// wait again.</param>
    public async Task RunExclusivelyAsync(Func<Task> endRequests, Func<Task> work)
    {
        await _exclusive.WaitAsync();
        var closed = new Closing();
        try
        {
            _closing = closed;
            Interlocked.MemoryBarrier(); // before the check, so that an entering request sees one of the two
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
            _exclusive.Release();
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
