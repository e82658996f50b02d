using Daybreak.Cloud.Lambda.Runtime.Api;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>One process of a runtime with its Runtime API: from start to exit.</summary>
internal sealed class RuntimeProcess
{
    private static readonly TimeSpan PeakReadInterval = TimeSpan.FromMilliseconds(100);

    private readonly RuntimeExchange _exchange;
    private readonly RuntimeApiServer _server;
    private readonly ChildProcess _child;
    private readonly TimeProvider _time;
    private readonly string? _group;
    private readonly HeldMemory _held = new();
    private int _functionProcess;
    private int _sandboxProcess;
    private long _peak;
    private long _peakRead;

    private RuntimeProcess(RuntimeExchange exchange, RuntimeApiServer server, ChildProcess child, string? group, TimeProvider time)
    {
        (_exchange, _server, _child, _group, _time) = (exchange, server, child, group, time);
        Exited = WatchAsync();
    }

    /// <summary>Completes when the process and its output have ended and the Runtime API is closed.</summary>
    public Task<ProcessExit> Exited { get; }

    /// <summary>Waits for an event now.</summary>
    public bool IsReady => _exchange.IsReady;

    /// <summary>It had more memory than it may, and was killed for it. Known when <see cref="Exited"/> is.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <param name="start">Builds what to start, given the address of the Runtime API.</param>
    /// <param name="group">Control group that it starts in; removed at its end. Null: none.</param>
    public static async Task<RuntimeProcess> StartAsync(Func<string, ChildStart> start, string? group, TimeProvider time)
    {
        var exchange = new RuntimeExchange();
        var server = new RuntimeApiServer(exchange);
        try
        {
            return new RuntimeProcess(exchange, server, await ChildProcess.StartAsync(start(server.Address), time), group, time);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the runtime asks for its first event, fails, or has used up <paramref name="limit"/>.</summary>
    public async Task<InitEnd> InitializedAsync(TimeSpan limit)
    {
        try
        {
            var end = await _exchange.Initialized.WaitAsync(limit, _time);
            if (end.Status == InitStatus.Ready)
                (_functionProcess, _sandboxProcess) = ProcessMemory.FunctionProcess(_child.Id);
            return end;
        }
        catch (TimeoutException)
        {
            return new InitEnd(InitStatus.TimedOut, null, default);
        }
    }

    public bool TryBegin(RunningInvocation run) => _exchange.TryBegin(run);

    /// <summary>Kills the process because the time of <paramref name="run"/> is up; false when it has just ended.</summary>
    public bool TryExpire(RunningInvocation run)
    {
        if (!_exchange.TryExpire(run))
            return false;
        Kill();
        return true;
    }

    /// <summary>Ends all processes at once; <see cref="Exited"/> tells when.</summary>
    public void Kill()
    {
        _child.Kill(); // first: a runtime whose connection closes ends by itself, and its children cannot be found as such any more
        _exchange.Close();
    }

    /// <summary>Takes what the function has written and we have not read, without waiting for more.</summary>
    public void DrainOutput() => _child.DrainOutput();

    /// <summary>Kills all processes when together they have more than <paramref name="bytes"/>, or <paramref name="files"/> in their own
    /// /tmp.</summary>
    public void EndIfOver(long bytes, long files)
    {
        // What has lost its parent belongs to the first process in a sandbox, or is ours without one.
        int[] tops = [.. _sandboxProcess == 0 ? _child.Strays.Append(_child.Id) : ProcessTree.Children(_sandboxProcess)];
        var (function, sandbox) = _sandboxProcess == 0 ? ProcessMemory.FunctionProcess(_child.Id) : (_functionProcess, _sandboxProcess);
        if (!IsOver(bytes, tops, sandbox) && TemporaryFiles(function, sandbox) <= files)
            return;
        IsOutOfMemory = true;
        Kill();
    }

    /// <summary>The most that the function's process ever had resident, in bytes; at most a tenth of a second old.</summary>
    public long PeakMemory()
    {
        // A read of /proc costs more than a whole warm call.
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
        // Pages that processes share were counted for each of them: where that matters, the exact number is worth its price.
        if (_group is not null) // in which the kernel counts what is not resident
            return resident > bytes && tops.Sum(ProcessMemory.Proportional) > bytes;
        if (resident + _held.Bytes <= bytes && !_held.MayHaveChanged())
            return false;
        int[] processes = [.. tops.SelectMany(top => ProcessTree.Descendants(top).Prepend(top))];
        _held.Look(processes, sandbox);
        return resident + _held.Bytes > bytes
            && processes.Sum(process => ProcessMemory.ProportionalBeside(process, _held)) + _held.Bytes > bytes;
    }

    // They are in memory, and an empty one takes a kilobyte that no size of a file tells.
    private static long TemporaryFiles(int function, int sandbox) =>
        sandbox == 0 || function == 0 ? 0 : LibC.FilesOn($"/proc/{function}/root/tmp");

    private void InterlockedMax(long value)
    {
        long before;
        while ((before = Volatile.Read(ref _peak)) < value && Interlocked.CompareExchange(ref _peak, value, before) != before) { }
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
        _server.Dispose();
        // A sandbox is a parent in between, which reports a signal as a shell does.
        return exit.Code is > 128 and < 160 ? ProcessExit.BySignal(exit.Code - 128) : exit;
    }
}
