namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The execution environments of one version of a function. Hands each invocation a warm one, or starts one.</summary>
internal sealed class EnvironmentPool(EnvironmentFactory factory, StartGate gate, FunctionVersion function) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lazy<string?> _layers = new(() => factory.MergeLayers(function));

    // The last one used is the next one used: the others can be reaped.
    private readonly List<ExecutionEnvironment> _idle = [];
    private readonly HashSet<ExecutionEnvironment> _all = [];
    private readonly Queue<TaskCompletionSource<ExecutionEnvironment>> _waiters = new();
    private int _starting;
    private bool _isRetired;

    /// <summary>Environments that live, idle or not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _all.Count;
        }
    }

    /// <summary>Gives an environment that is the caller's until <see cref="Release"/>: idle, freed meanwhile, or new.</summary>
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

    /// <summary>Starts no more work: idle environments end at once, busy ones after their invocation.</summary>
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

    /// <summary>Looks at the memory of those that work, and of a tenth of the idle ones, another one with each
    /// <paramref name="tick"/>.</summary>
    public void CheckMemory(int tick)
    {
        foreach (var environment in Snapshot())
        {
            if (environment.State != EnvironmentState.Idle || (environment.Slot + tick) % 10 == 0)
                environment.CheckMemory();
        }
    }

    /// <summary>Ends the idle environment that waited longest; false when there is none.</summary>
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

    /// <summary>Ends all environments, busy ones too, and waits for them.</summary>
    public async Task EndAsync()
    {
        var before = Snapshot(); // the idle ones, which do not outlast the next line
        Retire();
        lock (_lock)
        {
            while (_waiters.TryDequeue(out var waiter))
                waiter.TrySetCanceled();
        }

        await Task.WhenAll(before.Union(Snapshot()).Select(RemoveAsync));
        Dispose();
    }

    /// <summary>Removes the merged layers, when there are any of our own.</summary>
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
        // A cancelled waiter takes itself out, so that it is never handed an environment that nobody would give back.
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
            using var turn = await gate.EnterAsync(() => IsWanted());
            if (turn is null)
                return; // those who waited have been served by freed environments
            var layers = _layers.Value;
            var environment = new ExecutionEnvironment(factory, function, turn.TakeSlot(), layers);
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
            // A machine that cannot start a process (no memory, no program): told to one of those who wait for it.
            lock (_lock)
            {
                _starting--;
                while (_waiters.TryDequeue(out var waiter) && !waiter.TrySetException(error)) { }
            }
        }
    }

    // Called when a start's turn has come; a start that is not wanted any more has counted itself out.
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

    // To who waits longest, else to the idle ones, else (retired) to its end. The environment is busy until idle.
    private void Offer(ExecutionEnvironment environment)
    {
        lock (_lock)
        {
            while (_waiters.TryDequeue(out var waiter))
            {
                if (waiter.TrySetResult(environment))
                    return;
            }

            // An environment whose init failed is only good for the invocation that it was started for.
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
