using System.Collections.Concurrent;
using Daybreak.Cloud.Lambda.Runtime.Debugging;
using Daybreak.Cloud.Lambda.Runtime.Isolation;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <inheritdoc cref="IFunctionRuntime"/>
public sealed class FunctionRuntime : IFunctionRuntime
{
    private static readonly TimeSpan MemoryCheckInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Arn, string Version, string RevisionId), EnvironmentPool> _pools = new();

    private readonly ConcurrentDictionary<(string Arn, string Version), DebugSession> _debugged = new();
    private volatile int _debuggedCount; // read by every invocation

    // Pools that invocations no longer use and that are not yet empty.
    private readonly ConcurrentDictionary<EnvironmentPool, bool> _retired = new();
    private readonly EnvironmentFactory _factory;
    private readonly StartGate _gate;
    private readonly FunctionRuntimeOptions _options;
    private readonly string _directory;
    private readonly ITimer _reaper;
    private readonly ITimer _memoryCheck;
    private int _checking;
    private int _tick;

    private FunctionRuntime(EnvironmentFactory factory, FunctionRuntimeOptions options, string directory)
    {
        (_factory, _options, _directory) = (factory, options, directory);
        _gate = new StartGate(options.StartsAtOnce, Math.Min(options.Environments, BubblewrapSandbox.SlotCount), Evict);
        _reaper = factory.Time.CreateTimer(_ => Reap(), null, options.IdleTimeout / 4, options.IdleTimeout / 4);
        _memoryCheck = factory.Time.CreateTimer(_ => CheckMemory(), null, MemoryCheckInterval, MemoryCheckInterval);
    }

    public string Isolation => _factory.Sandbox.Description;

    public string Reach => _factory.Sandbox.Reach;

    public string Limits => _factory.Limits.Description;

    /// <summary>Finds out how functions can be isolated on this machine, and prepares for them.</summary>
    public static async Task<FunctionRuntime> CreateAsync(
        FunctionRuntimeOptions options,
        IFunctionCredentials credentials,
        IFunctionLog log,
        TimeProvider time
    )
    {
        var directory = Path.Combine(options.WorkDirectory, "runtime-" + Guid.NewGuid().ToString("N"));
        RuntimeFiles.WriteTo(directory);
        var standIns = StandIns.Look(time);
        var sandbox = options.WithoutSandbox
            ? await ProcessGroupSandbox.StartAsync(directory, "bubblewrap is switched off")
            : await SandboxProbe.FindAsync(directory, time);
        var limits = await EnvironmentLimits.FindAsync(time);
        if (options.Strict)
            await standIns.NodeVersion;
        return new FunctionRuntime(
            new EnvironmentFactory(sandbox, limits, standIns, credentials, log, time, directory, options),
            options,
            directory
        );
    }

    public async ValueTask<InvocationOutcome> InvokeAsync(FunctionVersion function, Invocation invocation, CancellationToken cancellation)
    {
        if (_debuggedCount > 0 && _debugged.TryGetValue((function.FunctionArn, function.Version), out var session))
        {
            var debugged = session.InvokeAsync(invocation).AsTask();
            if (await debugged.WaitAsync(cancellation) is { } answer)
                return answer;
        }

        var pool = PoolOf(function);
        while (true)
        {
            var environment = await pool.AcquireAsync(cancellation);
            // The invocation continues when its caller disconnects.
            var running = RunAsync(pool, environment, invocation);
            var outcome = cancellation.CanBeCanceled ? await running.WaitAsync(cancellation) : await running;
            if (outcome is not null)
                return outcome;
        }
    }

    public async Task<DebugSession?> DebugAsync(FunctionVersion function, DebugRequest request)
    {
        var key = (function.FunctionArn, function.Version);
        if (_debugged.ContainsKey(key))
            return null;
        var session = await DebugSession.StartAsync(_factory, function, request);
        if (!_debugged.TryAdd(key, session))
        {
            session.Dispose();
            return null;
        }
        Interlocked.Increment(ref _debuggedCount);
        session.Ended.Register(() =>
        {
            if (_debugged.TryRemove(new KeyValuePair<(string, string), DebugSession>(key, session)))
                Interlocked.Decrement(ref _debuggedCount);
        });
        return session;
    }

    public void Retire(string functionArn, string? currentRevisionId)
    {
        if (currentRevisionId is null)
            EndDebugging(key => key.Arn == functionArn);
        foreach ((var key, var pool) in _pools)
        {
            if (key.Arn == functionArn && (currentRevisionId is null || (key.Version == "$LATEST" && key.RevisionId != currentRevisionId)))
                Retire(key, pool);
        }
    }

    public void RetireVersion(string functionArn, string version)
    {
        EndDebugging(key => key == (functionArn, version));
        foreach ((var key, var pool) in _pools)
        {
            if (key.Arn == functionArn && key.Version == version)
                Retire(key, pool);
        }
    }

    public void Provision(FunctionVersion function, int count)
    {
        if (count > 0 || _pools.ContainsKey(KeyOf(function)))
            PoolOf(function).Provision(count);
    }

    public (int Available, bool HasFailed) ProvisionedOf(string functionArn, string version) =>
        _pools.FirstOrDefault(item => item.Key.Arn == functionArn && item.Key.Version == version).Value?.Provisioned ?? (0, false);

    public string? MissingProgram(string runtime) =>
        RuntimeProgram.Missing(runtime)
        ?? (
            _options.Strict && StandInFor(runtime) is not null
                ? $"{RuntimeProgram.LanguageOf(runtime)} {RuntimeProgram.VersionIn(runtime)}"
                : null
        );

    public bool Supports(string runtime) => RuntimeProgram.IsSupported(runtime);

    public int EnvironmentCount => _pools.Values.Concat(_retired.Keys).Sum(pool => pool.Count);

    public string? StandInFor(string runtime) => _factory.StandIns.Of(runtime);

    public async Task ResetAsync()
    {
        EndDebugging(static _ => true);
        EnvironmentPool[] pools = [.. _pools.Values, .. _retired.Keys];
        _pools.Clear();
        _retired.Clear();
        await Task.WhenAll(pools.Select(pool => pool.EndAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await _reaper.DisposeAsync();
        await _memoryCheck.DisposeAsync();
        await ResetAsync();
        await _factory.Sandbox.DisposeAsync();
        _factory.Limits.Remove();
        _gate.Dispose();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private void EndDebugging(Predicate<(string Arn, string Version)> isMeant)
    {
        foreach (var (key, session) in _debugged)
        {
            if (isMeant(key))
                session.End();
        }
    }

    private static async Task<InvocationOutcome?> RunAsync(EnvironmentPool pool, ExecutionEnvironment environment, Invocation invocation)
    {
        try
        {
            return await environment.InvokeAsync(invocation);
        }
        finally
        {
            // The environment is released before the caller gets the response, so that the caller's next call finds it.
            pool.Release(environment);
        }
    }

    private static (string Arn, string Version, string RevisionId) KeyOf(FunctionVersion function) =>
        (function.FunctionArn, function.Version, function.RevisionId);

    private EnvironmentPool PoolOf(FunctionVersion function)
    {
        var key = KeyOf(function);
        if (_pools.TryGetValue(key, out var pool))
            return pool;

        var added = new EnvironmentPool(_factory, _gate, function);
        pool = _pools.GetOrAdd(key, added);
        if (pool == added)
        {
            foreach ((var other, var old) in _pools)
            {
                if (other.Arn == key.Arn && other.Version == key.Version && other.RevisionId != key.RevisionId)
                    Retire(other, old);
            }
        }

        return pool;
    }

    private void Retire((string, string, string) key, EnvironmentPool pool)
    {
        if (_pools.TryRemove(new KeyValuePair<(string, string, string), EnvironmentPool>(key, pool)))
        {
            _retired[pool] = true;
            pool.Retire();
        }
    }

    private bool Evict() => _pools.Values.Any(pool => pool.TryEvict());

    private void Reap()
    {
        var limit = _factory.Time.GetTimestamp() - (long)(_options.IdleTimeout.TotalSeconds * _factory.Time.TimestampFrequency);
        foreach (var pool in _pools.Values)
            pool.Reap(limit);
        foreach (var pool in _retired.Keys.Where(pool => pool.Reap(limit)))
        {
            if (_retired.TryRemove(pool, out _))
                pool.Dispose();
        }
    }

    private void CheckMemory()
    {
        if (Interlocked.Exchange(ref _checking, 1) != 0)
            return; // the previous check is still running
        _tick = (_tick + 1) % 10;
        foreach (var pool in _pools.Values.Concat(_retired.Keys))
            pool.CheckMemory(_tick);
        Volatile.Write(ref _checking, 0);
    }
}
