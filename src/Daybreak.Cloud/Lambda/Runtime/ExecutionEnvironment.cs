using Daybreak.Cloud.Lambda.Runtime.Api;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Lambda.Runtime.Logging;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>One execution environment: initializes a runtime, gives it one invocation at a time, and ends it.</summary>
internal sealed class ExecutionEnvironment : IDisposable
{
    private const long FilesPerMegabyte = 64; // the default of ext4, which AWS uses for /tmp
    private static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    // A provisioned environment has this, or the function's time-out if that is longer.
    private static readonly TimeSpan ProvisionedInitLimit = TimeSpan.FromSeconds(130);

    private readonly Lock _lock = new();
    private readonly EnvironmentFactory _factory;
    private readonly FunctionVersion _function;
    private readonly string? _layers;
    private readonly EnvironmentLog _log;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private EnvironmentState _state = EnvironmentState.Starting;
    private RuntimeProcess? _process;
    private RunningInvocation? _running;
    private TimeSpan? _initDuration;
    private bool _isDoneTold; // of the current invocation

    public ExecutionEnvironment(EnvironmentFactory factory, FunctionVersion function, int slot, string? layers, bool isProvisioned = false)
    {
        WasProvisioned = IsProvisioned = isProvisioned;
        (_factory, _function, Slot, _layers, _time) = (factory, function, slot, layers, factory.Time);
        _log = factory.OpenLog(function);
        _timer = _time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Slot { get; }

    /// <summary>Whether it is kept while it is idle. Guarded by the pool.</summary>
    public bool IsProvisioned { get; set; }

    /// <summary>Whether it was started to be kept, which the function can see.</summary>
    private bool WasProvisioned { get; }

    public EnvironmentState State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    /// <summary>Timestamp of the end of the last invocation.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Whether the process can take another invocation.</summary>
    public bool IsAlive => _process is { IsReady: true };

    /// <summary>Changes the state to <paramref name="next"/>; false when the current state does not allow it.</summary>
    public bool TryMove(EnvironmentState next)
    {
        lock (_lock)
        {
            if (!EnvironmentStates.Allows(_state, next))
                return false;
            _state = next;
            return true;
        }
    }

    /// <summary>
    /// The init phase, which takes at most 10 seconds. A failure is not reported here: as on AWS, init runs again within the first
    /// invocation, which reports it.
    /// </summary>
    public async Task InitializeAsync()
    {
        var kind = new InitKind("init", WasProvisioned);
        _log.InitStart(kind, RuntimeVersion(), _factory.StandIns.Of(_function.Runtime));
        var start = _time.GetTimestamp();
        var end = await StartAsync(
            !WasProvisioned ? InitLimit
            : _function.Timeout > ProvisionedInitLimit ? _function.Timeout
            : ProvisionedInitLimit
        );
        var duration = _time.GetElapsedTime(start);
        if (end.Status == InitStatus.Ready)
            _initDuration = duration;
        await TellOfInitAsync(kind, duration, end);
        LastUsed = _time.GetTimestamp();
    }

    /// <summary>Runs one invocation. Null when the process had ended before, so that another environment has to run it.</summary>
    public async Task<InvocationOutcome?> InvokeAsync(Invocation invocation)
    {
        // 1. Refuse when the process has died while it was idle.
        if (_process is { IsReady: false })
            return null;

        var start = _time.GetTimestamp();
        _log.Begin(invocation.RequestId);

        // 2. If init has failed before, run it again within the invocation's time.
        if (_process is null && await InitializeAgainAsync(invocation, start) is { } failed)
            return failed;

        // 3. Give the event to the runtime. The time-out starts first, so that it covers everything.
        var left = _function.Timeout - _time.GetElapsedTime(start);
        var run = new RunningInvocation(
            invocation,
            _time.GetUtcNow() + left,
            start + (long)(_function.Timeout.TotalSeconds * _time.TimestampFrequency)
        );
        _running = run;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        if (!_process!.TryBegin(run))
        {
            _running = null;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return null;
        }

        // 4. Wait for the response and the request for the next event, or for the end of the process.
        var end = await run.Ended;
        if (end == RunEnd.Next && !_process.Extensions.WhenIdle().IsCompleted)
        {
            // Extensions may wait for this record before they ask for the next event.
            _process.DrainOutput();
            _log.RuntimeDone(ReportOf(run, _time.GetElapsedTime(start)));
            _isDoneTold = true;
        }
        var isLate = end == RunEnd.Next && !await ExtensionsFinishAsync(_process, run);
        var duration = _time.GetElapsedTime(start);
        _running = null;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // 5. Report.
        if (isLate)
        {
            _process.Kill();
            await _process.Exited;
            return FinishTimedOut(invocation, duration);
        }
        if (_process.Extensions.Failure is { } failure)
        {
            await _process.Exited;
            return FinishFailed(invocation, duration, failure);
        }
        if (run.Response is not { } response)
        {
            var exit = await _process.Exited;
            return run.TimedOut ? FinishTimedOut(invocation, duration) : FinishExited(invocation, duration, exit, ErrorTypeOf(_process));
        }

        if (end == RunEnd.Next)
            _process.DrainOutput();
        return Finish(invocation, duration, response.Payload, response.IsError ? Ending.Reported : Ending.Responded) with
        {
            ErrorType = response.ErrorType,
        };
    }

    /// <summary>Kills the processes if they use more memory than the function may.</summary>
    public void CheckMemory() =>
        _process?.EndIfOver(_function.MemorySizeMegabytes * 1024L * 1024L, _function.EphemeralStorageMegabytes * FilesPerMegabyte);

    /// <summary>Kills the process and waits for its end. Extensions get two seconds before.</summary>
    public async Task EndAsync()
    {
        lock (_lock)
            _state = EnvironmentState.Ended;
        if (_process is { } process)
        {
            await process.ShutDownAsync();
            process.Kill();
            await process.Exited;
        }

        Dispose();
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Waits for the extensions, within the time of the invocation.</summary>
    /// <returns>False when they are still at work at its end.</returns>
    private async ValueTask<bool> ExtensionsFinishAsync(RuntimeProcess process, RunningInvocation run)
    {
        var idle = process.Extensions.WhenIdle();
        if (idle.IsCompleted)
            return true;
        var left = _time.GetElapsedTime(_time.GetTimestamp(), run.DeadlineTimestamp);
        try
        {
            await Task.WhenAny(idle, process.Extensions.Failed, process.Exited)
                .WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private string RuntimeVersion() =>
        RuntimeProgram.IsProvided(_function.Runtime)
            ? _function.Runtime
            : _function
                .Runtime.Replace("python", "python:", StringComparison.Ordinal)
                .Replace("nodejs", "nodejs:", StringComparison.Ordinal)
                .Replace("dotnet", "dotnet:", StringComparison.Ordinal)
                .Replace("ruby", "ruby:", StringComparison.Ordinal)
                .Replace("java", "java:", StringComparison.Ordinal);

    private async Task<InitEnd> StartAsync(TimeSpan limit)
    {
        if (_factory.RefusalOfEntrypoint(_function, _layers) is not null)
            return new InitEnd(InitStatus.Error, "Runtime.InvalidEntrypoint", default);
        var process = await _factory.StartAsync(_function, Slot, _layers, _log, WasProvisioned);
        lock (_lock)
        {
            _process = process;
            // The environment has ended while the process started, and nobody else would kill it.
            if (_state == EnvironmentState.Ended)
                process.Kill();
        }

        return await process.InitializedAsync(limit);
    }

    /// <summary>Tells of the end of init, and ends a process whose init failed.</summary>
    /// <returns>The error type; null when there is none.</returns>
    private async Task<string?> TellOfInitAsync(InitKind kind, TimeSpan duration, InitEnd end)
    {
        var extensions = _process?.Extensions.Statuses ?? [];
        _process?.DrainOutput(); // the output of init belongs before START
        var errorType = end.Status == InitStatus.Ready ? null : await EndInitAsync(end);
        foreach (var extension in extensions)
            _log.Extension(extension);
        var status =
            end.Status == InitStatus.Ready ? "success"
            : errorType is null ? "timeout"
            : "error";
        _log.InitEnd(kind, duration, status, errorType);
        return errorType;
    }

    /// <summary>Ends a process whose init failed.</summary>
    /// <returns>Error type for INIT_REPORT; null for a time-out.</returns>
    private async Task<string?> EndInitAsync(InitEnd end)
    {
        var process = _process;
        if (process is not null)
        {
            // A process that has reported its error soon exits by itself, and its last output belongs in the log.
            process.Kill();
            await process.Exited;
            _process = null;
        }

        return end.Status switch
        {
            InitStatus.TimedOut => null,
            InitStatus.Error => end.ErrorType,
            _ => ErrorTypeOf(process!),
        };
    }

    private async Task<InvocationOutcome?> InitializeAgainAsync(Invocation invocation, long start)
    {
        var kind = new InitKind("invoke", WasProvisioned);
        _log.InitStart(kind, RuntimeVersion(), _factory.StandIns.Of(_function.Runtime));
        var end = await StartAsync(_function.Timeout);
        var process = _process;
        var duration = _time.GetElapsedTime(start);
        var errorType = await TellOfInitAsync(kind, duration, end);
        if (end.Status == InitStatus.Ready)
            return null;

        if (end.Extension is { } failure)
            return FinishFailed(invocation, duration, failure);
        var requestId = invocation.RequestId;
        switch (end.Status)
        {
            case InitStatus.TimedOut:
                return FinishTimedOut(invocation, duration);
            case InitStatus.Exited:
                return FinishExited(invocation, duration, await process!.Exited, errorType!);
            default:
                if (_factory.RefusalOfEntrypoint(_function, _layers) is { } refusal)
                {
                    _log.Fault(PlatformLine.InvalidEntrypoint(requestId, refusal));
                    return Finish(invocation, duration, ErrorPayload.InvalidEntrypoint(requestId, refusal), Ending.Failed, errorType);
                }

                return Finish(invocation, duration, end.Payload, Ending.Failed, errorType);
        }
    }

    private InvocationOutcome FinishTimedOut(Invocation invocation, TimeSpan duration)
    {
        _log.Fault(PlatformLine.TimedOut(_time.GetUtcNow(), invocation.RequestId, _function.Timeout));
        return Finish(invocation, duration, ErrorPayload.TimedOut(invocation.RequestId, _function.Timeout), Ending.TimedOut);
    }

    private InvocationOutcome FinishFailed(Invocation invocation, TimeSpan duration, ExtensionFailure failure)
    {
        _log.Fault(PlatformLine.Failed(invocation.RequestId, failure));
        return Finish(invocation, duration, ErrorPayload.Failed(invocation.RequestId, failure), Ending.Failed, failure.Type);
    }

    private static InvocationReport ReportOf(RunningInvocation run, TimeSpan duration) =>
        new(
            run.Invocation.RequestId,
            duration,
            null,
            0,
            run.Response is not { } response ? Ending.Failed
                : response.IsError ? Ending.Reported
                : Ending.Responded,
            null,
            run.Response?.Payload.Length ?? 0
        );

    private static string ErrorTypeOf(RuntimeProcess process) => process.IsOutOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError";

    private InvocationOutcome FinishExited(Invocation invocation, TimeSpan duration, ProcessExit exit, string errorType)
    {
        _log.Fault(PlatformLine.Exited(invocation.RequestId, exit, errorType));
        return Finish(invocation, duration, ErrorPayload.Exited(invocation.RequestId, exit), Ending.Failed, errorType);
    }

    /// <param name="errorType">Of an error that the runtime did not report itself.</param>
    private InvocationOutcome Finish(
        Invocation invocation,
        TimeSpan duration,
        ReadOnlyMemory<byte> payload,
        Ending ending,
        string? errorType = null
    )
    {
        (var init, _initDuration) = (_initDuration, null);
        var peak = Math.Min((int)Math.Ceiling((_process?.PeakMemory() ?? 0) / (1024.0 * 1024.0)), _function.MemorySizeMegabytes);
        var report = new InvocationReport(invocation.RequestId, duration, init, peak, ending, errorType, payload.Length);
        if (!_isDoneTold)
            _log.RuntimeDone(report);
        _isDoneTold = false;
        var tail = _log.End(report, invocation.WantsLogTail);
        LastUsed = _time.GetTimestamp();
        return new InvocationOutcome(payload, ending == Ending.Responded ? null : "Unhandled", tail);
    }

    private void Expire()
    {
        if (_running is not { } run || _process is not { } process)
            return;
        // The timer may fire slightly early, or so late that the next invocation has begun.
        var left = _time.GetElapsedTime(_time.GetTimestamp(), run.DeadlineTimestamp);
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            return;
        }

        run.TimedOut = true;
        process.TryExpire(run);
    }
}
