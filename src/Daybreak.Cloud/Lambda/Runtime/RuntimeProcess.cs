using Daybreak.Cloud.Lambda.Runtime.Api;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>One process of a runtime with its Runtime API, from start to exit.</summary>
internal sealed class RuntimeProcess
{
    private static readonly TimeSpan PeakReadInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FlushTime = TimeSpan.FromMilliseconds(500);

    private readonly RuntimeExchange _exchange;
    private readonly RuntimeApiServer _server;
    private readonly ChildProcess _child;
    private readonly TimeProvider _time;
    private readonly string? _group;
    private readonly EnvironmentNetwork? _network;
    private readonly HeldMemory _held = new();
    private int _functionProcess;
    private int _sandboxProcess;
    private long _peak;
    private long _peakRead;

    private RuntimeProcess(
        RuntimeExchange exchange,
        ExtensionExchange extensions,
        RuntimeApiServer server,
        ChildProcess child,
        string? group,
        EnvironmentNetwork? network,
        TimeProvider time
    )
    {
        (_exchange, Extensions, _server, _child, _group, _network, _time) = (exchange, extensions, server, child, group, network, time);
        Exited = WatchAsync();
        _ = EndWithExtensionsAsync();
    }

    public ExtensionExchange Extensions { get; }

    /// <summary>Completes when the process and its output have ended and the Runtime API is closed.</summary>
    public Task<ProcessExit> Exited { get; }

    /// <summary>Whether the runtime waits for an event now.</summary>
    public bool IsReady => _exchange.IsReady;

    /// <summary>Whether it was killed for using too much memory. Final when <see cref="Exited"/> has completed.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <param name="start">Returns the command to start, given the address of the Runtime API.</param>
    /// <param name="group">Control group to start in, which is removed when the process has ended; null for none.</param>
    /// <param name="network">Its ways out, which end when the process has ended; null: those of this machine.</param>
    public static async Task<RuntimeProcess> StartAsync(
        Func<string, ChildStart> start,
        ExtensionExchange extensions,
        string? group,
        EnvironmentNetwork? network,
        TimeProvider time
    )
    {
        var exchange = new RuntimeExchange();
        var server = new RuntimeApiServer(exchange, extensions, network?.Namespace);
        try
        {
            return new RuntimeProcess(
                exchange,
                extensions,
                server,
                await ChildProcess.StartAsync(start(server.Address) with { Network = network?.Namespace }, time),
                group,
                network,
                time
            );
        }
        catch
        {
            server.Dispose();
            network?.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the runtime and all extensions ask for their first event, or one fails, at most for
    /// <paramref name="limit"/>.</summary>
    public async Task<InitEnd> InitializedAsync(TimeSpan limit)
    {
        try
        {
            var end = await InitializedAsync().WaitAsync(limit, _time);
            if (end.Status == InitStatus.Ready)
                (_functionProcess, _sandboxProcess) = ProcessMemory.FunctionProcess(_child.Id);
            return end;
        }
        catch (TimeoutException)
        {
            return new InitEnd(InitStatus.TimedOut, null, default);
        }
    }

    public bool TryBegin(RunningInvocation run)
    {
        if (!_exchange.TryBegin(run))
            return false;
        Extensions.Begin(run);
        return true;
    }

    /// <summary>Lets extensions finish their work, for two seconds at most, if one wants to know that the environment ends.</summary>
    public async Task ShutDownAsync()
    {
        if (!IsReady)
            return;
        await WithinAsync(Extensions.FlushTelemetryAsync(), FlushTime);
        if (Extensions.TryShutDown("spindown", _time.GetUtcNow() + ShutdownTime))
            await WithinAsync(Extensions.AllEnded, ShutdownTime); // the rest is killed with the runtime
    }

    /// <summary>Kills the process because the time of <paramref name="run"/> is up; false when the run has just ended.</summary>
    public bool TryExpire(RunningInvocation run)
    {
        if (!_exchange.TryExpire(run))
            return false;
        Kill();
        return true;
    }

    /// <summary>Kills all processes without waiting; <see cref="Exited"/> completes when they have ended.</summary>
    public void Kill()
    {
        Extensions.Ending();
        _child.Kill(); // comes first: a runtime exits when its connection closes, and then its children can no longer be found
        _exchange.Close();
    }

    /// <summary>Reads the output that the function has written so far, without waiting for more.</summary>
    public void DrainOutput() => _child.DrainOutput();

    /// <summary>Kills all processes if together they use more than <paramref name="bytes"/>, or have more than <paramref name="files"/> in
    /// their own /tmp.</summary>
    public void EndIfOver(long bytes, long files)
    {
        // A process without a parent becomes a child of the sandbox's first process or, without a sandbox, of this process.
        int[] tops = [.. _sandboxProcess == 0 ? _child.Strays.Append(_child.Id) : ProcessTree.Children(_sandboxProcess)];
        var (function, sandbox) = _sandboxProcess == 0 ? ProcessMemory.FunctionProcess(_child.Id) : (_functionProcess, _sandboxProcess);
        if (!IsOver(bytes, tops, sandbox) && TemporaryFiles(function, sandbox) <= files)
            return;
        IsOutOfMemory = true;
        Kill();
    }

    /// <summary>The peak resident memory of the function's process in bytes, at most a tenth of a second old.</summary>
    public long PeakMemory()
    {
        // Reading /proc takes longer than a whole warm invocation.
        var now = _time.GetTimestamp();
        if (_functionProcess != 0 && (_peakRead == 0 || _time.GetElapsedTime(_peakRead, now) > PeakReadInterval))
        {
            InterlockedMax(ProcessMemory.Peak(_functionProcess));
            _peakRead = now;
        }

        return Volatile.Read(ref _peak);
    }

    private bool IsOver(long bytes, int[] tops, int sandbox)
    {
        var resident = tops.Sum(ProcessMemory.Resident);
        InterlockedMax(resident);
        // Shared pages were counted for each process. The exact number is slow to read, so it is read only when it matters.
        if (_group is not null) // the kernel counts the group's memory that is not resident
            return resident > bytes && tops.Sum(ProcessMemory.Proportional) > bytes;
        if (resident + _held.Bytes <= bytes && !_held.MayHaveChanged())
            return false;
        int[] processes = [.. tops.SelectMany(top => ProcessTree.Descendants(top).Prepend(top))];
        _held.Look(processes, sandbox);
        return resident + _held.Bytes > bytes
            && processes.Sum(process => ProcessMemory.ProportionalBeside(process, _held)) + _held.Bytes > bytes;
    }

    // These files are in memory, and even an empty one takes about a kilobyte, which its size does not show.
    private static long TemporaryFiles(int function, int sandbox) =>
        sandbox == 0 || function == 0 ? 0 : LibC.FilesOn($"/proc/{function}/root/tmp");

    private void InterlockedMax(long value)
    {
        long before;
        while ((before = Volatile.Read(ref _peak)) < value && Interlocked.CompareExchange(ref _peak, value, before) != before) { }
    }

    private async Task WithinAsync(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time, _time);
        }
        catch (TimeoutException)
        {
            // Then without it.
        }
    }

    private async Task<InitEnd> InitializedAsync()
    {
        var initialized = _exchange.Initialized;
        if (await Task.WhenAny(initialized, Extensions.Failed) == initialized && (await initialized).Status == InitStatus.Ready)
            await Task.WhenAny(Extensions.WhenIdle(), Extensions.Failed);
        Extensions.CloseRegistration();
        return Extensions.Failure is { } failure
            ? new InitEnd(InitStatus.Error, failure.Type, default) { Extension = failure }
            : await initialized;
    }

    // An environment whose extension has ended can do no more.
    private async Task EndWithExtensionsAsync()
    {
        await Extensions.Failed;
        Kill();
    }

    private async Task<ProcessExit> WatchAsync()
    {
        var exit = await _child.Exited;
        if (_group is not null)
        {
            IsOutOfMemory |= ControlGroups.RanOutOfMemory(_group);
            ControlGroups.Remove(_group);
        }

        _held.Remove();
        _exchange.Exited();
        Extensions.Close();
        _server.Dispose();
        _network?.Dispose();
        // In a sandbox the parent process reports a signal as a shell does.
        return exit.Code is > 128 and < 160 ? ProcessExit.BySignal(exit.Code - 128) : exit;
    }
}
