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
    private int _provisioned; // how many to keep
    private int _provisioning; // of those, how many wait for their start
    private bool _hasFailed;
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

    /// <summary>How many environments that are kept can take invocations, and whether the init of one has failed.</summary>
    public (int Available, bool HasFailed) Provisioned
    {
        get
        {
            lock (_lock)
                return (_all.Count(static one => one.IsProvisioned && IsAvailable(one)), _hasFailed);
        }
    }

    /// <summary>Keeps this many initialized environments, whether they are used or not.</summary>
    public void Provision(int count)
    {
        lock (_lock)
        {
            _provisioned = count;
            _hasFailed = false;
            // The others end when they have been idle.
            foreach (var surplus in _all.Where(static one => one.IsProvisioned).Skip(count))
                surplus.IsProvisioned = false;
        }

        StartMissing();
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
                // Those that are kept come first, so that the others become old enough to end.
                var index = _provisioned == 0 ? -1 : _idle.FindLastIndex(static one => one.IsProvisioned);
                if (index < 0)
                    index = _idle.Count - 1;
                var environment = _idle[index];
                _idle.RemoveAt(index);
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
            old = [.. _idle.Where(environment => (environment.LastUsed < timestamp && !environment.IsProvisioned) || !environment.IsAlive)];
            foreach (var environment in old)
                _idle.Remove(environment);
            isEmpty = _all.Count == old.Length && _starting == 0 && _waiters.Count == 0;
        }

        foreach (var environment in old)
            _ = RemoveAsync(environment);
        return isEmpty;
    }

    /// <summary>Checks the memory of busy environments and of a tenth of the idle ones, which differs with each
    /// <paramref name="tick"/>. Removes those whose process has ended while they were idle.</summary>
    public void CheckMemory(int tick)
    {
        foreach (var environment in Snapshot())
        {
            if (environment is { State: EnvironmentState.Idle, IsAlive: false })
                _ = RemoveAsync(environment); // if it is provisioned, another one is started in its place
            else if (environment.State != EnvironmentState.Idle || (environment.Slot + tick) % 10 == 0)
                environment.CheckMemory();
        }
    }

    /// <summary>Ends the environment that has been idle longest; false when none is idle.</summary>
    public bool TryEvict()
    {
        ExecutionEnvironment oldest;
        lock (_lock)
        {
            var index = _idle.FindIndex(static one => !one.IsProvisioned);
            if (index < 0)
                return false;
            oldest = _idle[index];
            _idle.RemoveAt(index);
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
        if (_layers.IsValueCreated)
            LayerDirectory.Remove(_layers.Value, function.LayerDirectories);
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

    private static bool IsAvailable(ExecutionEnvironment environment) =>
        environment.State switch
        {
            EnvironmentState.Busy => true,
            EnvironmentState.Idle => environment.IsAlive,
            _ => false,
        };

    // Starts what is missing of the environments to keep. After a failed init none is started, as it would fail again.
    private void StartMissing()
    {
        lock (_lock)
        {
            if (_isRetired || _hasFailed)
                return;
            for (var missing = _provisioned - _all.Count(static one => one.IsProvisioned) - _provisioning; missing > 0; missing--)
            {
                _provisioning++;
                _ = StartProvisionedAsync();
            }
        }
    }

    private async Task StartProvisionedAsync()
    {
        var isCounted = true;
        try
        {
            await Task.Yield(); // leaves the lock
            using var admission = await gate.EnterAsync(IsMissing);
            if (admission is null)
                return;
            var environment = new ExecutionEnvironment(factory, function, admission.TakeSlot(), _layers.Value, isProvisioned: true);
            lock (_lock)
            {
                _all.Add(environment);
                _provisioning--;
            }
            isCounted = false;
            var isReady = false;
            try
            {
                await environment.InitializeAsync();
                isReady = environment.IsAlive && environment.TryMove(EnvironmentState.Busy);
            }
            finally
            {
                if (!isReady)
                {
                    Fail(environment, isCounted: false);
                    await RemoveAsync(environment);
                }
            }

            if (isReady)
                Offer(environment);
        }
        catch (Exception)
        {
            // The machine cannot start a process. The next invocation gets the error, and the state says that it has failed.
            Fail(null, isCounted);
        }
    }

    // A start that is no longer needed is no longer counted.
    private bool IsMissing()
    {
        lock (_lock)
        {
            if (!_isRetired && _all.Count(static one => one.IsProvisioned) < _provisioned)
                return true;
            _provisioning--;
            return false;
        }
    }

    private void Fail(ExecutionEnvironment? environment, bool isCounted)
    {
        lock (_lock)
        {
            if (isCounted)
                _provisioning--;
            if (environment is not null)
                environment.IsProvisioned = false;
            _hasFailed = !_isRetired;
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
            if (
                !_isRetired
                && (!gate.IsShort || environment.IsProvisioned)
                && environment.IsAlive
                && environment.TryMove(EnvironmentState.Idle)
            )
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
        if (!isOurs)
            return;
        gate.Leave(environment.Slot);
        if (environment.IsProvisioned)
            StartMissing();
    }

    private ExecutionEnvironment[] Snapshot()
    {
        lock (_lock)
            return [.. _all];
    }
}
