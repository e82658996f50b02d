using System.ComponentModel;
using System.Globalization;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// A child that leads its own session and process group and inherits only descriptors 0 to 2 (and 3, if it is given a file). The kernel
/// kills it when we end. Its whole group ends with it; with a mark, so do all its descendants.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int DrainedAtExit = 16 * 1024 * 1024; // a process that left the group may write forever

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly string? _mark;
    private OutputPipe? _output;
    private OutputPipe? _error;
    private int _pidDescriptor;
    private long _key;
    private bool _reaped;

    private ChildProcess(int id, string? mark, TimeProvider time) => (Id, _mark, _time) = (id, mark, time);

    /// <summary>Process id, which is also the id of its session and process group.</summary>
    public int Id { get; }

    /// <summary>
    /// Completes when the process and everything that must end with it have ended and its output was delivered. Never fails.
    /// </summary>
    public Task<ProcessExit> Exited => _exited.Task;

    /// <summary>With a mark: descendants whose parent has ended, by process id. Their own descendants are not included.</summary>
    public IEnumerable<int> Strays => _mark is null ? [] : Orphans.With(_mark);

    /// <exception cref="Win32Exception">The program could not be started.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static Task<ChildProcess> StartAsync(ChildStart start, TimeProvider? time = null)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Child processes are supervised on Linux only.");
        return SpawnThread.RunAsync(() => Start(start, time ?? TimeProvider.System));
    }

    /// <summary>Delivers what the child has written so far, without waiting for more.</summary>
    public void DrainOutput(int limit = 1024 * 1024)
    {
        _output?.Drain(limit);
        _error?.Drain(limit);
    }

    /// <summary>Sends <paramref name="signal"/> only to the child itself; does nothing when it has ended.</summary>
    public void Signal(int signal) => Send(Id, signal);

    /// <summary>Sends <paramref name="signal"/> to every process of the child's group; does nothing when it has ended.</summary>
    public void SignalGroup(int signal) => Send(-Id, signal);

    /// <summary>Sends SIGTERM to the group, then SIGKILL if the child has not ended after <paramref name="grace"/>.</summary>
    /// <param name="signal">Another first signal (PostgreSQL's fast shutdown is SIGINT).</param>
    public async Task<ProcessExit> StopAsync(TimeSpan grace, int signal = SignalName.Terminate)
    {
        if (grace > TimeSpan.Zero)
        {
            SignalGroup(signal);
            try
            {
                return await Exited.WaitAsync(grace, _time);
            }
            catch (TimeoutException)
            {
                // The time is over; SIGKILL follows.
            }
        }

        Kill();
        return await Exited;
    }

    /// <summary>
    /// Sends SIGKILL to the group and, with a mark, to every descendant; does nothing when the child has ended. <see cref="Exited"/>
    /// completes afterwards.
    /// </summary>
    public void Kill()
    {
        lock (_lock)
        {
            if (_reaped)
                return;
            if (_mark is not null)
            {
                // Descendants can still be found through their parents, even without the mark. The group is stopped first, because the
                // kernel may omit a child from the list while its parent collects another one.
                _ = LibC.Kill(-Id, SignalName.Stop);
                foreach (var process in ProcessTree.Descendants(Id).ToArray())
                    _ = LibC.Kill(process, SignalName.Kill);
            }

            _ = LibC.Kill(-Id, SignalName.Kill);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    private static ChildProcess Start(ChildStart start, TimeProvider time)
    {
        (var program, var arguments) = CommandLine(start);
        var pipeOwner = start.PipeOwner ?? start.User?.UserId;
        int input = -1,
            output = -1,
            error = -1,
            outputRead = -1,
            errorRead = -1;
        try
        {
            if (start.StandardInput is { } bytes)
                input = FilledPipe(bytes.Span);
            if (start.StandardOutput is not null)
                (outputRead, output) = OwnedPipe(pipeOwner);
            if (start.StandardError is not null)
                (errorRead, error) = OwnedPipe(pipeOwner);
            var environment = start.Environment.Select(pair => pair.Key + "=" + pair.Value);
            int Run() =>
                Spawn.Run(
                    program,
                    arguments,
                    environment,
                    start.WorkingDirectory ?? "/",
                    input,
                    output,
                    start.ErrorIntoOutput ? output : error,
                    start.OpenFile
                );
            var id = start.Network is { } network ? network.Run(Run) : Run();
            var child = new ChildProcess(id, start.Mark, time);
            child.Watch(start, ref outputRead, ref errorRead);
            return child;
        }
        finally
        {
            foreach (var descriptor in (ReadOnlySpan<int>)[input, output, error, outputRead, errorRead])
            {
                if (descriptor >= 0)
                    _ = LibC.Close(descriptor);
            }
        }
    }

    private static (string Program, IReadOnlyList<string> Arguments) CommandLine(ChildStart start)
    {
        if (!File.Exists(start.Program))
            throw new Win32Exception(2, $"No such program: {start.Program}");
        if (start.WatchesItsParent && start.User is null)
            return (start.Program, start.Arguments);

        // setpriv is needed in the child, because changing the user clears the parent-death signal, which has to be set afterwards.
        List<string> arguments = ["--pdeathsig", start.QuitsWithItsParent ? "QUIT" : "KILL"];
        if (start.User is { } user)
        {
            arguments.AddRange("--reuid", user.UserId.ToString(CultureInfo.InvariantCulture));
            arguments.AddRange("--regid", user.GroupId.ToString(CultureInfo.InvariantCulture));
            arguments.Add(user.Name is null ? "--clear-groups" : "--init-groups");
        }

        return (
            ProgramPath.Find("setpriv") ?? throw new Win32Exception(2, "setpriv (util-linux) is not installed"),
            [.. arguments, "--", start.Program, .. start.Arguments]
        );
    }

    private static (int Read, int Write) OwnedPipe(uint? owner)
    {
        (var read, var write) = LibC.Pipe();
        if (owner is { } user)
            _ = LibC.ChangeOwner(write, user, uint.MaxValue); // fails unless we are root, and then nothing has to change
        return (read, write);
    }

    private static unsafe int FilledPipe(ReadOnlySpan<byte> content)
    {
        (var read, var write) = LibC.Pipe();
        LibC.MakeNonBlocking(write);
        nint written = 0;
        fixed (byte* start = content)
        {
            if (content.Length > 0)
                written = LibC.Write(write, start, (nuint)content.Length);
        }

        _ = LibC.Close(write);
        if (written == content.Length)
            return read;
        _ = LibC.Close(read);
        throw new ArgumentException("Standard input is larger than a pipe.");
    }

    private void Watch(ChildStart start, ref int outputRead, ref int errorRead)
    {
        lock (_lock)
        {
            try
            {
                if (outputRead >= 0)
                    _output = new OutputPipe(outputRead, start.StandardOutput!);
                outputRead = -1;
                if (errorRead >= 0)
                    _error = new OutputPipe(errorRead, start.StandardError!);
                errorRead = -1;
                _pidDescriptor = LibC.OpenProcess(Id);
                _key = Epoll.Shared.Add(_pidDescriptor, Reap);
            }
            catch (Win32Exception)
            {
                _ = LibC.Kill(-Id, SignalName.Kill);
                _output?.Close();
                _error?.Close();
                _ = LibC.Wait(Id);
                throw;
            }
        }
    }

    private void Send(int target, int signal)
    {
        lock (_lock)
        {
            if (!_reaped)
                _ = LibC.Kill(target, signal); // ESRCH: it is ending right now; Exited completes
        }
    }

    private void Reap()
    {
        lock (_lock)
        {
            // Waits until Watch has set the fields, since the child may end before that.
        }

        // INVARIANT: until waitpid the dead leader keeps its process id, so the group id cannot belong to another group. Outside of the
        // lock, because a receiver of output may send a signal.
        _ = LibC.Kill(-Id, SignalName.Kill);
        _output?.Drain(DrainedAtExit);
        _error?.Drain(DrainedAtExit);
        _output?.Close();
        _error?.Close();
        Epoll.Shared.Remove(_pidDescriptor, _key);
        _ = LibC.Close(_pidDescriptor);
        ProcessExit exit;
        lock (_lock)
        {
            exit = ProcessExit.FromWaitStatus(LibC.Wait(Id));
            _reaped = true;
        }

        if (_mark is { } mark)
            ThreadPool.UnsafeQueueUserWorkItem(_ => EndWithout(mark, exit), null); // it waits, which this thread must not
        else
            _exited.SetResult(exit);
    }

    private void EndWithout(string mark, ProcessExit exit)
    {
        Orphans.Kill(mark);
        _exited.SetResult(exit);
    }
}
