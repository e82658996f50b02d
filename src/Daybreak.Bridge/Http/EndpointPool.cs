namespace Daybreak.Bridge.Http;

/// <summary>
/// The connections to one endpoint: idle ones on a stack (the most recent first), at most <paramref name="capacity"/> open ones, and a
/// queue of callers when all are in use.
/// </summary>
public sealed class EndpointPool(HttpEndpoint endpoint, int capacity, Dialer dialer, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<HttpConnection> _idle = [];
    private readonly Queue<Waiter> _waiters = new();
    private int _open;
    private bool _retired;
    private long _clockOffset;

    public HttpEndpoint Endpoint => endpoint;
    public int Capacity => capacity;

    /// <summary>How far the endpoint's clock is ahead of this machine's, once it refused a signature for its time.</summary>
    public TimeSpan ClockOffset
    {
        get => new(Interlocked.Read(ref _clockOffset));
        set => Interlocked.Exchange(ref _clockOffset, value.Ticks);
    }

    /// <summary>Used by calls whose session switches it on.</summary>
    public Breaker Breaker { get; } = new(time);

    /// <summary>Open connections, idle connections and waiting callers at one moment.</summary>
    public (int Open, int Idle, int Waiting) Counts
    {
        get
        {
            lock (_lock)
                return (_open, _idle.Count, _waiters.Count);
        }
    }

    /// <summary>
    /// Returns an idle connection that the kernel considers open, otherwise a new one, otherwise the next that is returned.
    /// </summary>
    /// <exception cref="HttpFailureException">NotConnected.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled, or its time ended, while waiting.</exception>
    public ValueTask<HttpConnection> AcquireAsync(TimeSpan connectTimeout, CancellationToken call)
    {
        while (true)
        {
            HttpConnection? idle = null;
            Waiter? waiter = null;
            lock (_lock)
            {
                if (_idle.Count > 0)
                {
                    idle = _idle[^1];
                    _idle.RemoveAt(_idle.Count - 1);
                }
                else if (_open < capacity)
                    _open++;
                else
                    _waiters.Enqueue(waiter = new Waiter());
            }
            if (waiter is not null)
                return WaitAsync(waiter, connectTimeout, call);
            if (idle is null)
                return DialAsync(connectTimeout, call);
            if (idle.IsQuiet())
                return ValueTask.FromResult(idle);
            Discard(idle);
        }
    }

    /// <summary>Returns a connection whose reply was read to its end; any other is closed with <see cref="Discard"/>.</summary>
    public void Return(HttpConnection connection)
    {
        if (!connection.Reply.Reusable)
        {
            Discard(connection);
            return;
        }
        connection.Request.Clear();
        connection.Reply.Clear();
        connection.IdleSince = time.GetTimestamp();
        lock (_lock)
        {
            while (_waiters.TryDequeue(out var waiter))
                if (waiter.TrySetResult(connection))
                    return;
            if (!_retired)
            {
                _idle.Add(connection);
                return;
            }
            _open--;
        }
        connection.Dispose();
    }

    public void Discard(HttpConnection connection)
    {
        connection.Dispose();
        ReleasePlace();
    }

    /// <summary>Closes connections that were unused for <paramref name="idleFor"/> or closed by the peer; true when none is left.</summary>
    public bool Sweep(TimeSpan idleFor)
    {
        List<HttpConnection>? stale = null;
        lock (_lock)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                if (time.GetElapsedTime(_idle[i].IdleSince) < idleFor && _idle[i].IsQuiet())
                    continue;
                (stale ??= []).Add(_idle[i]);
                _idle.RemoveAt(i);
                _open--;
            }
            _retired = _open == 0 && _waiters.Count == 0 && Breaker.IsForgotten;
        }
        stale?.ForEach(connection => connection.Dispose());
        return _retired;
    }

    private async ValueTask<HttpConnection> DialAsync(TimeSpan connectTimeout, CancellationToken call)
    {
        try
        {
            return await dialer.DialAsync(endpoint, connectTimeout, call);
        }
        catch
        {
            ReleasePlace();
            throw;
        }
    }

    private async ValueTask<HttpConnection> WaitAsync(Waiter waiter, TimeSpan connectTimeout, CancellationToken call)
    {
        HttpConnection? handedOver;
        await using (call.UnsafeRegister(static (state, token) => ((Waiter)state!).TrySetCanceled(token), waiter))
            handedOver = await waiter.Task;
        if (handedOver is null)
            return await DialAsync(connectTimeout, call);
        if (handedOver.IsQuiet())
            return handedOver;
        // The peer closed it after its last reply, so it is treated like an idle one that was closed.
        Discard(handedOver);
        return await AcquireAsync(connectTimeout, call);
    }

    // When a place becomes free without a connection, the next caller dials its own.
    private void ReleasePlace()
    {
        lock (_lock)
        {
            while (_waiters.TryDequeue(out var waiter))
                if (waiter.TrySetResult(null))
                    return;
            _open--;
        }
    }

    /// <summary>Completes with a connection, or with null: the caller has the place and dials.</summary>
    private sealed class Waiter() : TaskCompletionSource<HttpConnection?>(TaskCreationOptions.RunContinuationsAsynchronously);
}
