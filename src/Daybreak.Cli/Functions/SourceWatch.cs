using System.Threading.Channels;

namespace Daybreak.Cli.Functions;

/// <summary>
/// Tells when the files of a function have changed and nobody writes to them any more. Which ones is for the reader of the directory to
/// find out: an editor that replaces a file, a half-finished checkout and a lost notification then all look the same.
/// </summary>
internal sealed class SourceWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly FunctionSource _source;
    private readonly TimeProvider _time;
    private readonly Action<string> _note;
    private readonly List<FileSystemWatcher> _watchers = [];
    private Task _looking = Task.CompletedTask;
    private CancellationTokenSource _end = new();
    private bool _isPolling;
    private bool _isReplaced;
    private long _first;
    private long _last;

    /// <param name="note">Called once with the reason when files are looked at regularly instead.</param>
    public SourceWatch(FunctionSource source, TimeProvider time, Action<string> note)
    {
        (_source, _time, _note) = (source, time, note);
        Start();
    }

    /// <summary>Whether something has changed since the last answer.</summary>
    public bool HasChanged => _signals.Reader.TryPeek(out _);

    /// <summary>Whether the directory or file is there.</summary>
    private bool IsThere => _source.IsFile ? Directory.Exists(_source.Directory) : Directory.Exists(_source.Root);

    /// <summary>Completes when something has changed and writes are quiet.</summary>
    /// <returns>Timestamp of the first change.</returns>
    public async Task<long> ChangedAsync(CancellationToken cancellation)
    {
        await _signals.Reader.ReadAsync(cancellation);
        while (true)
        {
            TimeSpan idle,
                whole;
            lock (_lock)
                (idle, whole) = (_time.GetElapsedTime(_last), _time.GetElapsedTime(_first));
            if (idle >= Quiet || whole >= LongestWrite)
                break;
            await Task.Delay(Quiet - idle, _time, cancellation);
        }
        if (_isReplaced || !IsThere)
            await RestartAsync(cancellation);
        lock (_lock)
        {
            _signals.Reader.TryRead(out _);
            (var first, _first) = (_first, 0);
            return first;
        }
    }

    public void Dispose()
    {
        Stop();
        _end.Dispose();
    }

    private async Task RestartAsync(CancellationToken cancellation)
    {
        Stop();
        // While it is away, its parent may be, too: only looking tells when it is back.
        while (!IsThere)
            await Task.Delay(LookEvery, _time, cancellation);
        _isReplaced = false;
        _end.Dispose();
        _end = new CancellationTokenSource();
        Start();
    }

    private void Start()
    {
        if (_isPolling)
        {
            _looking = PollAsync(_end.Token);
            return;
        }
        try
        {
            if (_source.IsFile)
                Watch(_source.Directory, Path.GetFileName(_source.Root), isDeep: false, Signal);
            else
                Watch(_source.Root, "*", isDeep: true, Signal);
            var directory = _source.Directory;
            if (Path.GetDirectoryName(directory) is { } parent)
                Watch(parent, Path.GetFileName(directory), isDeep: false, Replaced);
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            if (IsThere)
                Poll(error.Message);
            else
                Replaced(); // it has gone again meanwhile
        }
    }

    private void Stop()
    {
        _end.Cancel();
        lock (_lock)
        {
            foreach (var watcher in _watchers)
                watcher.Dispose();
            _watchers.Clear();
        }
    }

    private void Watch(string directory, string filter, bool isDeep, Action changed)
    {
        var watcher = new FileSystemWatcher(directory, filter)
        {
            IncludeSubdirectories = isDeep,
            // Attributes are those of a chmod. Without LastAccess, as reading a file changes nothing.
            NotifyFilter =
                isDeep || _source.IsFile
                    ? NotifyFilters.FileName
                        | NotifyFilters.DirectoryName
                        | NotifyFilters.LastWrite
                        | NotifyFilters.Attributes
                        | NotifyFilters.Size
                    : NotifyFilters.DirectoryName,
        };
        watcher.Changed += (_, _) => changed();
        watcher.Created += (_, _) => changed();
        watcher.Deleted += (_, _) => changed();
        watcher.Renamed += (_, _) => changed();
        watcher.Error += (_, failure) =>
        {
            if (failure.GetException() is InternalBufferOverflowException)
                changed(); // too many changes to tell each
            else
                Poll(failure.GetException().Message);
        };
        lock (_lock)
            _watchers.Add(watcher);
        watcher.EnableRaisingEvents = true;
    }

    private void Signal()
    {
        lock (_lock)
        {
            _last = _time.GetTimestamp();
            if (_first == 0)
                _first = _last;
        }
        _signals.Writer.TryWrite(true);
    }

    private void Replaced()
    {
        _isReplaced = true;
        Signal();
    }

    // The kernel watches only so many directories for a user (fs.inotify.max_user_watches).
    private void Poll(string reason)
    {
        lock (_lock)
        {
            if (_isPolling)
                return;
            _isPolling = true;
            _looking = PollAsync(_end.Token);
        }
        _note(reason);
    }

    private async Task PollAsync(CancellationToken cancellation)
    {
        await Task.Yield();
        var seen = Stamps();
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, _time, cancellation);
                var now = Stamps();
                if (now.SequenceEqual(seen))
                    continue;
                seen = now;
                Signal();
            }
        }
        catch (OperationCanceledException)
        {
            // The watch ends.
        }
    }

    private SourceFile[] Stamps()
    {
        try
        {
            return [.. _source.Files()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or LocalAws.CommandFailedException)
        {
            return [];
        }
    }
}
