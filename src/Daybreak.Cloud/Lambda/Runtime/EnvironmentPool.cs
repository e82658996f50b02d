namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The execution environments of one version of a function. Gives each invocation a warm one, or starts one.</summary>
internal sealed class EnvironmentPool(EnvironmentFactory factory, StartGate gate, FunctionVersion function) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lazy<string?> _layers = new(() => factory.MergeLayers(function));

    // The environment used last is used next, so that the others become old enough to end.
    private readonly List<ExecutionEnvironment> _idle = [];
    private readonly HashSet<ExecutionEnvironment> _all = [];
    private readonly Queue<TaskCompletionSource<ExecutionEnvironment>> _waiters = new();
    private int _starting;
    private bool _isRetired;

    /// <summary>Number of living environments, idle or not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _all.Count;
        }
    }

    /// <summary>Returns an environment that belongs to the caller until <see cref="Release"/>: an idle one, one that is released
    /// meanwhile, or a new one.</summary>
    public ValueTask<ExecutionEnvironment> AcquireAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<ExecutionEnvironment> waiter;
        lock (_lock)
        {
            while (_idle.Count > 0)
            {
                var environment = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                if (environment.IsAlive && environment.TryMove(EnvironmentState.Busy))
                    return new ValueTask<ExecutionEnvironment>(environment);
                _ = RemoveAsync(environment); // its process died while it waited
            }

            waiter = new TaskCompletionSource<ExecutionEnvironment>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Enqueue(waiter);
            _starting++;
        }

        _ = StartAsync();
        return WaitAsync(waiter, cancellation);
    }

    /// <summary>Takes an environment back after its invocation.</summary>
    public void Release(ExecutionEnvironment environment)
    {
        if (!environment.IsAlive || environment.State != EnvironmentState.Busy)
        {
            _ = RemoveAsync(environment);
            return;
        }

        Offer(environment);
    }

    /// <summary>Stops using the pool: idle environments end at once, busy ones after their invocation.</summary>
    public void Retire()
    {
        ExecutionEnvironment[] idle;
        lock (_lock)
        {
            _isRetired = true;
            idle = [.. _idle];
            _idle.Clear();
            foreach (var environment in _all.Where(environment => environment.State == EnvironmentState.Busy))
                environment.TryMove(EnvironmentState.Retiring);
        }

        foreach (var environment in idle)
            _ = RemoveAsync(environment);
    }

    /// <summary>Ends environments that have been idle since before <paramref name="timestamp"/>.</summary>
    /// <returns>Whether the pool is empty now.</returns>
    public bool Reap(long timestamp)
    {
        ExecutionEnvironment[] old;
        bool isEmpty;
        lock (_lock)
        {
            old = [.. _idle.Where(environment => environment.LastUsed < timestamp || !environment.IsAlive)];
            foreach (var environment in old)
                _idle.Remove(environment);
            isEmpty = _all.Count == old.Length && _starting == 0 && _waiters.Count == 0;
        }

        foreach (var environment in old)
            _ = RemoveAsync(environment);
        return isEmpty;
    }

    /// <summary>Checks the memory of busy environments and of a tenth of the idle ones, which differs with each
    /// <paramref name="tick"/>.</summary>
    public void CheckMemory(int tick)
    {
        foreach (var environment in Snapshot())
        {
            if (environment.State != EnvironmentState.Idle || (environment.Slot + tick) % 10 == 0)
                environment.CheckMemory();
        }
    }

    /// <summary>Ends the environment that has been idle longest; false when none is idle.</summary>
    public bool TryEvict()
    {
        ExecutionEnvironment oldest;
        lock (_lock)
        {
            if (_idle.Count == 0)
                return false;
            oldest = _idle[0];
            _idle.RemoveAt(0);
        }

        _ = RemoveAsync(oldest);
        return true;
    }

    /// <summary>Ends all environments, including busy ones, and waits for them.</summary>
    public async Task EndAsync()
    {
        var before = Snapshot(); // includes the idle ones, which Retire removes
        Retire();
        lock (_lock)
        {
            while (_waiters.TryDequeue(out var waiter))
                waiter.TrySetCanceled();
        }

        await Task.WhenAll(before.Union(Snapshot()).Select(RemoveAsync));
        Dispose();
    }

    /// <summary>Removes the directory of merged layers, if this pool has made one.</summary>
    public void Dispose()
    {
        if (
            _layers.IsValueCreated
            && _layers.Value is { } merged
            && !function.LayerDirectories.Contains(merged)
            && Directory.Exists(merged)
        )
            Directory.Delete(merged, recursive: true);
    }

    private static async ValueTask<ExecutionEnvironment> WaitAsync(
        TaskCompletionSource<ExecutionEnvironment> waiter,
        CancellationToken cancellation
    )
    {
        // A cancelled waiter removes itself, so that it never gets an environment that nobody would release.
        await using var registration = cancellation.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<ExecutionEnvironment>)state!).TrySetCanceled(token),
            waiter
        );
        return await waiter.Task;
    }

    private async Task StartAsync()
    {
        try
        {
            using var admission = await gate.EnterAsync(() => IsWanted());
            if (admission is null)
                return; // the waiting invocations have got released environments
            var layers = _layers.Value;
            var environment = new ExecutionEnvironment(factory, function, admission.TakeSlot(), layers);
            lock (_lock)
                _all.Add(environment);
            try
            {
                await environment.InitializeAsync();
            }
            catch
            {
                await RemoveAsync(environment);
                throw;
            }

            lock (_lock)
                _starting--;
            if (environment.TryMove(EnvironmentState.Busy))
                Offer(environment);
        }
        catch (Exception error)
        {
            // The machine cannot start a process (no memory, no program). One of the waiting invocations gets the error.
            lock (_lock)
            {
                _starting--;
                while (_waiters.TryDequeue(out var waiter) && !waiter.TrySetException(error)) { }
            }
        }
    }

    // Called when the gate admits a start. A start that is no longer needed is no longer counted.
    private bool IsWanted()
    {
        lock (_lock)
        {
            var waiting = _waiters.Count(waiter => !waiter.Task.IsCompleted);
            if (waiting >= _starting && waiting > 0)
                return true;
            _starting--;
            return false;
        }
    }

    // Gives the environment to the invocation that has waited longest; otherwise it becomes idle or, if retired, ends. It is busy
    // until then.
    private void Offer(ExecutionEnvironment environment)
    {
        lock (_lock)
        {
            while (_waiters.TryDequeue(out var waiter))
            {
                if (waiter.TrySetResult(environment))
                    return;
            }

            // An environment whose init failed can only serve the invocation that it was started for.
            if (!_isRetired && !gate.IsShort && environment.IsAlive && environment.TryMove(EnvironmentState.Idle))
            {
                _idle.Add(environment);
                return;
            }
        }

        _ = RemoveAsync(environment);
    }

    private async Task RemoveAsync(ExecutionEnvironment environment)
    {
        bool isOurs;
        lock (_lock)
        {
            isOurs = _all.Remove(environment);
            _idle.Remove(environment);
        }

        await environment.EndAsync();
        if (isOurs)
            gate.Leave(environment.Slot);
    }

    private ExecutionEnvironment[] Snapshot()
    {
        lock (_lock)
            return [.. _all];
    }
}
