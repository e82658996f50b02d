namespace Daybreak.Cloud.Logs.Storage;

/// <summary>
/// Where the events of a group are: in files that only grow, each with batches of all its streams. <see cref="EventStore"/> alone writes.
/// </summary>
/// <param name="directory">Made with the first event.</param>
internal sealed class GroupEvents(string directory)
{
    private readonly Lock _lock = new();
    private readonly List<Batch> _batches = [];
    private readonly List<Segment> _segments = [];
    private Action<Batch, ReadOnlyMemory<byte>>? _added;

    public string Directory { get; } = directory;

    /// <summary>Whether the group was deleted.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>The file that is written now; null: the next batch begins one.</summary>
    public Segment? Current { get; set; }

    /// <summary>The size of all files in bytes.</summary>
    public long Size
    {
        get
        {
            lock (_lock)
                return _segments.Sum(static segment => segment.Length);
        }
    }

    /// <summary>Called for each new batch with its bytes, after it can be read. It must not wait.</summary>
    public event Action<Batch, ReadOnlyMemory<byte>> Added
    {
        add
        {
            lock (_lock)
                _added += value;
        }
        remove
        {
            lock (_lock)
                _added -= value;
        }
    }

    public void Add(Segment segment)
    {
        lock (_lock)
            _segments.Add(segment);
    }

    /// <summary>Makes a batch readable.</summary>
    /// <param name="bytes">Its bytes, if somebody may wait for them.</param>
    public void Add(Batch batch, ReadOnlyMemory<byte> bytes = default)
    {
        Action<Batch, ReadOnlyMemory<byte>>? added;
        lock (_lock)
        {
            if (batch.Stream.IsRemoved)
                return;
            _batches.Add(batch);
            batch.Stream.Add(batch);
            added = _added;
        }
        added?.Invoke(batch, bytes);
    }

    public StreamTimes? TimesOf(StreamEvents stream)
    {
        lock (_lock)
            return stream.Times;
    }

    /// <summary>The batches of some streams that may have events in a span of time.</summary>
    /// <param name="streams">Null: of every stream.</param>
    public Batch[] Between(long from, long to, IReadOnlyList<StreamEvents>? streams)
    {
        lock (_lock)
        {
            if (streams is [var one])
                return Matching(one.Batches, from, to, null);
            return Matching(_batches, from, to, streams?.ToHashSet());
        }
    }

    public void Remove(StreamEvents stream)
    {
        lock (_lock)
        {
            _batches.RemoveAll(batch => batch.Stream == stream);
            stream.Remove();
        }
    }

    /// <summary>Forgets a file, which is removed next.</summary>
    public void Remove(Segment segment)
    {
        lock (_lock)
        {
            if (Current == segment)
                Current = null;
            _segments.Remove(segment);
            var streams = new HashSet<StreamEvents>();
            _batches.RemoveAll(batch => batch.Segment == segment && (streams.Add(batch.Stream) || true));
            foreach (var stream in streams)
                stream.RemoveAll(batch => batch.Segment == segment);
        }
    }

    /// <summary>The files whose newest event is older.</summary>
    public IReadOnlyList<Segment> Before(long time)
    {
        lock (_lock)
            return [.. _segments.Where(segment => segment.LastTime < time)];
    }

    /// <summary>Forgets everything, for the deletion of the group.</summary>
    /// <returns>The files to remove.</returns>
    public IReadOnlyList<Segment> RemoveAll()
    {
        lock (_lock)
        {
            IsRemoved = true;
            Segment[] segments = [.. _segments];
            _segments.Clear();
            _batches.Clear();
            Current = null;
            return segments;
        }
    }

    private static Batch[] Matching(List<Batch> batches, long from, long to, HashSet<StreamEvents>? streams)
    {
        var found = new List<Batch>(streams is null ? batches.Count : 0);
        foreach (var batch in batches)
        {
            if (batch.LastTime >= from && batch.FirstTime <= to && (streams is null || streams.Contains(batch.Stream)))
                found.Add(batch);
        }
        return [.. found];
    }
}
