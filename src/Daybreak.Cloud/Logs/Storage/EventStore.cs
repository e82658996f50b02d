using System.Globalization;
using System.Threading.Channels;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>
/// The files of all log events. One writer appends everything that has accumulated since its last turn and then waits for the disk once
/// (group commit). All files together have a limit, beyond which the oldest is removed.
/// </summary>
internal sealed class EventStore : IAsyncDisposable
{
    private const int MostSegmentBytes = 16 * 1024 * 1024;
    private const int SegmentsOfLimit = 32;
    private const int MostBytesOfTurn = 64 * 1024 * 1024;

    private readonly Channel<Append> _appends = Channel.CreateUnbounded<Append>(new() { SingleReader = true });
    private readonly SortedSet<Segment> _segments = new(
        Comparer<Segment>.Create(
            static (left, right) =>
                left.Number != right.Number ? left.Number.CompareTo(right.Number) : string.CompareOrdinal(left.Path, right.Path)
        )
    );
    private readonly LogStorageOptions _options;
    private readonly TimeProvider _time;
    private readonly string _directory;
    private readonly int _segmentBytes;
    private readonly Task _writer;
    private long _size;
    private long _nextSequence = 1;

    /// <param name="directory">Of the state.</param>
    public EventStore(string directory, LogStorageOptions options, TimeProvider time)
    {
        _directory = Path.Combine(directory, "logs");
        (_options, _time) = (options, time);
        _segmentBytes = (int)Math.Clamp(options.Limit / SegmentsOfLimit, 1, MostSegmentBytes);
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>The place for the events of a new group.</summary>
    public GroupEvents Open(string groupId) => new(Path.Combine(_directory, groupId));

    /// <summary>Finds the events of a group that an earlier process wrote. To be called before anything is appended.</summary>
    /// <param name="streams">The group's streams by their ids. Events of any other stream are of one that was deleted.</param>
    public void Load(GroupEvents group, IReadOnlyDictionary<long, StreamEvents> streams)
    {
        if (!Directory.Exists(group.Directory))
            return;
        foreach (var path in Directory.EnumerateFiles(group.Directory, "*.log").Order(StringComparer.Ordinal))
        {
            if (!long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;
            var segment = Segment.Open(path, number, group);
            group.Add(segment);
            segment.Load(
                (offset, head) =>
                {
                    _nextSequence = Math.Max(_nextSequence, head.FirstSequence + head.Count);
                    if (streams.GetValueOrDefault(head.StreamId) is { } stream)
                        group.Add(new Batch(segment, offset, stream, head));
                }
            );
            Keep(segment);
            group.Current = segment.Length < _segmentBytes ? segment : null;
        }
    }

    /// <summary>Removes the directories of groups that are not there any more.</summary>
    public void RemoveOthers(IReadOnlySet<string> groupIds)
    {
        if (!Directory.Exists(_directory))
            return;
        foreach (var path in Directory.EnumerateDirectories(_directory))
        {
            if (!groupIds.Contains(Path.GetFileName(path)))
                Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Appends a batch. Completes when it is on disk and can be read.</summary>
    /// <returns>The sequence number of its last event; null: the group has been deleted.</returns>
    /// <exception cref="StateException">It could not be written.</exception>
    public Task<long?> AppendAsync(GroupEvents group, StreamEvents stream, NewBatch batch)
    {
        var append = new Append(group, stream, batch);
        return _appends.Writer.TryWrite(append) ? append.Done.Task : Task.FromException<long?>(new StateException("The state is closed"));
    }

    /// <summary>Removes the files whose newest event is older than <paramref name="oldest"/>.</summary>
    public Task ExpireAsync(GroupEvents group, long oldest) => DoAsync(() => RemoveFiles(group.Before(oldest)));

    /// <summary>Removes everything of a group that is deleted.</summary>
    public Task RemoveAsync(GroupEvents group) =>
        DoAsync(() =>
        {
            RemoveFiles(group.RemoveAll());
            if (Directory.Exists(group.Directory))
                Directory.Delete(group.Directory, recursive: true);
        });

    public async ValueTask DisposeAsync()
    {
        _appends.Writer.TryComplete();
        await _writer;
        foreach (var segment in _segments)
            segment.Dispose();
    }

    private async Task DoAsync(Action work)
    {
        var append = new Append(null, null, null) { Work = work };
        if (_appends.Writer.TryWrite(append))
            await append.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        var turn = new List<Append>();
        while (await _appends.Reader.WaitToReadAsync())
        {
            for (var bytes = 0L; bytes < MostBytesOfTurn && _appends.Reader.TryRead(out var append); bytes += append.Batch?.Length ?? 0)
                turn.Add(append);
            Write(turn);
            turn.Clear();
            Limit();
        }
    }

    /// <summary>Writes batches, waits for the disk once, and makes them readable.</summary>
    private void Write(List<Append> turn)
    {
        var written = new List<(Append Append, Batch Batch, ReadOnlyMemory<byte> Bytes)>(turn.Count);
        var changed = new HashSet<Segment>();
        foreach (var append in turn)
        {
            try
            {
                if (append.Work is not null)
                {
                    // What was appended before is there when the work begins.
                    Publish(written, changed);
                    append.Work();
                    append.Done.SetResult(null);
                }
                else if (append.Group!.IsRemoved)
                    append.Done.SetResult(null);
                else
                    written.Add(Write(append, changed));
            }
            catch (Exception error) // whatever it is, the writer goes on
            {
                append.Done.TrySetException(Failure(error));
            }
        }
        Publish(written, changed);
    }

    private (Append, Batch, ReadOnlyMemory<byte>) Write(Append append, HashSet<Segment> changed)
    {
        var (group, batch) = (append.Group!, append.Batch!);
        if (group.Current is not { } segment || segment.Length + batch.Length > Math.Max(_segmentBytes, batch.Length))
        {
            segment = Segment.Create(group.Directory, _nextSequence, group);
            group.Add(segment);
            group.Current = segment;
            Keep(segment);
        }
        var (head, bytes) = batch.Seal(append.Stream!.Id, _nextSequence, _time.GetUtcNow().ToUnixTimeMilliseconds());
        var offset = (int)segment.Length;
        segment.Write(bytes.Span, offset);
        segment.Commit(head);
        _size += head.Length;
        _nextSequence += head.Count;
        changed.Add(segment);
        return (append, new Batch(segment, offset, append.Stream, head), bytes);
    }

    private void Publish(List<(Append Append, Batch Batch, ReadOnlyMemory<byte> Bytes)> written, HashSet<Segment> changed)
    {
        Exception? failure = null;
        try
        {
            if (_options.IsKept)
            {
                foreach (var segment in changed)
                    segment.FlushToDisk();
            }
        }
        catch (Exception error)
        {
            failure = Failure(error);
        }
        foreach (var (append, batch, bytes) in written)
        {
            append.Group!.Add(batch, bytes);
            if (failure is null)
                append.Done.SetResult(batch.LastSequence);
            else
                append.Done.SetException(failure);
        }
        written.Clear();
        changed.Clear();
    }

    private void Keep(Segment segment)
    {
        _segments.Add(segment);
        _size += segment.Length;
    }

    private void Limit()
    {
        while (_size > _options.Limit && _segments.Count > 1)
        {
            var oldest = _segments.Min!;
            oldest.Group.Remove(oldest);
            RemoveFile(oldest);
        }
    }

    private void RemoveFiles(IReadOnlyList<Segment> segments)
    {
        foreach (var segment in segments)
        {
            segment.Group.Remove(segment);
            RemoveFile(segment);
        }
    }

    private void RemoveFile(Segment segment)
    {
        _segments.Remove(segment);
        _size -= segment.Length;
        try
        {
            segment.Remove();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _options.Failed(error); // the next start finds the file again
        }
    }

    private static StateException Failure(Exception error) => new($"Log events cannot be written: {error.Message}", error);

    /// <param name="Group">Null: <see cref="Work"/> is to be done.</param>
    private sealed record Append(GroupEvents? Group, StreamEvents? Stream, NewBatch? Batch)
    {
        public Action? Work { get; init; }

        public TaskCompletionSource<long?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
