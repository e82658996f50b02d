using System.Text.Json;
using System.Threading.Channels;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>
/// The queue of accepted events. An event is on the disk before the request is answered, and stays there until it has run: after a crash
/// it runs again, as AWS promises to run events at least once. What an attempt leads to, another attempt or a record for a destination,
/// is written together with the end of the event. One writer commits all that waits for it together. Only events that run, and a few
/// next ones, are in memory.
/// </summary>
internal sealed class EventQueue : IAsyncDisposable
{
    /// <summary>Events of one function that run at the same time, so that a burst does not start a thousand processes on one
    /// machine.</summary>
    private const int ParallelPerFunction = 8;

    /// <summary>Events and bytes of one function that are read ahead.</summary>
    private const int MostReady = 128;

    private const int MostReadyBytes = 4 * 1024 * 1024;
    private const int MostWrites = 1024;
    private const long FarFuture = long.MaxValue;

    private static readonly TimeSpan StorageWait = TimeSpan.FromSeconds(1);

    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly Lock _lock = new();
    private readonly WaitingDatabase _database;
    private readonly Func<QueuedEvent, CancellationToken, ValueTask<AttemptResult>> _attempt;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly ITimer _alarm;
    private readonly Task _writer;
    private CancellationTokenSource _ending = new();
    private TaskCompletionSource? _idle;
    private int _running;
    private bool _isStarted;
    private long _lastId;
    private long _count;
    private long _received;
    private long _dropped;
    private long _oldest;

    public EventQueue(
        string path,
        Func<QueuedEvent, CancellationToken, ValueTask<AttemptResult>> attempt,
        TimeProvider time,
        Action<Exception> failed
    )
    {
        (_attempt, _time, _failed) = (attempt, time, failed);
        _database = WaitingDatabase.Open(path);
        _lastId = _database.LastId;
        foreach (var (lane, count) in _database.Lanes())
        {
            _lanes[lane] = new Lane(lane) { HasMore = true, Count = count };
            _count += count;
        }
        _alarm = time.CreateTimer(_ => Post(new Write([])), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        NoteOldest();
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>Events that have been accepted and have not ended.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Events that were accepted since the start of this process.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Events since the start of this process that ended without a successful run.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>How long ago the oldest event was accepted.</summary>
    public TimeSpan Age =>
        Volatile.Read(ref _oldest) is not 0 and var ticks && new TimeSpan(_time.GetUtcNow().UtcTicks - ticks) is { Ticks: > 0 } age
            ? age
            : TimeSpan.Zero;

    /// <summary>Accepts an event. Once this completes, the event survives even a kill -9.</summary>
    /// <exception cref="StateException">It is not accepted, for example because the disk is full.</exception>
    public Task AcceptAsync(QueuedEvent queued)
    {
        var write = new Write([NewEntry(queued)]) { IsAcceptance = true };
        Post(write);
        return write.Done.Task;
    }

    /// <summary>All events, without their payloads.</summary>
    public async Task<IReadOnlyList<QueuedEvent>> ListAsync()
    {
        var write = new Write([]) { Query = database => [.. database.Heads().Select(static head => Parse(head, []))] };
        Post(write);
        await write.Done.Task;
        return write.Answer!;
    }

    /// <summary>Begins to run events, with those that an earlier process left.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_ending.IsCancellationRequested)
                _ending = new CancellationTokenSource();
            _isStarted = true;
            foreach (var lane in _lanes.Values)
                Pump(lane);
        }
        Post(new Write([]));
    }

    /// <summary>Ends what runs. The events stay.</summary>
    public async Task StopAsync()
    {
        Task idle;
        lock (_lock)
        {
            _isStarted = false;
            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running == 0)
                _idle.SetResult();
            idle = _idle.Task;
        }
        await _ending.CancelAsync();
        await idle;
    }

    /// <summary>Forgets all events. To be called while nothing runs or is accepted.</summary>
    /// <exception cref="StateException">Nothing is forgotten.</exception>
    public async Task ClearAsync()
    {
        var write = new Write([])
        {
            Query = database =>
            {
                database.Clear();
                lock (_lock)
                {
                    _lanes.Clear();
                    _count = 0;
                }
                return [];
            },
        };
        Post(write);
        await write.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _alarm.DisposeAsync();
        _writes.Writer.TryComplete();
        await _writer;
        _database.Dispose();
        _ending.Dispose();
    }

    private static string LaneOf(FunctionReference function) => function.Key.ToString();

    private static long Due(QueuedEvent queued) => queued.NotBefore is { } time ? Math.Max(time.ToUnixTimeMilliseconds(), 1) : 0;

    private static byte[] HeadOf(QueuedEvent queued) => JsonSerializer.SerializeToUtf8Bytes(queued, LambdaState.Default.QueuedEvent);

    private static QueuedEvent Parse(byte[] head, byte[] payload) =>
        JsonSerializer.Deserialize(head, LambdaState.Default.QueuedEvent)! with
        {
            Payload = payload,
        };

    private Entry NewEntry(QueuedEvent queued)
    {
        var id = Interlocked.Increment(ref _lastId);
        var row = new WaitingRow(id, LaneOf(queued.Function), Due(queued), HeadOf(queued), queued.Payload);
        return new Entry(new WaitingChange(id, row), queued, row.Lane);
    }

    private void Post(Write write)
    {
        if (!_writes.Writer.TryWrite(write))
            write.Done.TrySetException(new StateException("The state is closed"));
    }

    // The writer

    private async Task WriteAllAsync()
    {
        var batch = new List<Write>();
        var unwritten = new List<Write>(); // ends of attempts for which there was no room
        while (await _writes.Reader.WaitToReadAsync())
        {
            batch.AddRange(unwritten);
            unwritten.Clear();
            while (batch.Count < MostWrites && _writes.Reader.TryRead(out var write))
                batch.Add(write);
            try
            {
                if (batch.Exists(static write => write.Entries.Length > 0))
                    _database.Commit(batch.SelectMany(static write => write.Entries).Select(static entry => entry.Change));
                foreach (var write in batch)
                    Complete(write);
            }
            catch (StateException error)
            {
                Refuse(batch, unwritten, error);
            }
            batch.Clear();
            try
            {
                NoteOldest();
                Refill();
            }
            catch (Exception error) // reading failed; it is tried again with the next write
            {
                _failed(error);
            }
        }
    }

    private void Refuse(List<Write> batch, List<Write> unwritten, StateException error)
    {
        foreach (var write in batch)
        {
            if (write.IsAcceptance || write.Entries.Length == 0)
                write.Done.TrySetException(error);
            else
                unwritten.Add(write); // the event has run: it must not run again as long as this process lives
        }
        if (unwritten.Count == 0)
            return;
        _failed(error);
        _ = AgainAsync();

        async Task AgainAsync()
        {
            await Task.Delay(StorageWait); // the disk is a real one
            Post(new Write([]));
        }
    }

    private void Complete(Write write)
    {
        try
        {
            if (write.Query is { } query)
                write.Answer = query(_database);
        }
        catch (StateException error)
        {
            write.Done.TrySetException(error);
            return;
        }
        lock (_lock)
        {
            foreach (var entry in write.Entries)
                Note(entry);
            if (write.IsAcceptance)
                _received++;
        }
        write.Done.TrySetResult();
    }

    /// <summary>Brings a lane up to date with a change that is on the disk.</summary>
    private void Note(Entry entry)
    {
        if (!_lanes.TryGetValue(entry.Lane, out var lane))
            _lanes[entry.Lane] = lane = new Lane(entry.Lane);
        var (id, row) = entry.Change;
        switch (row)
        {
            case null:
                lane.Known.Remove(id);
                lane.Count--;
                _count--;
                if (lane is { Count: 0, Running: 0 })
                    _lanes.Remove(lane.Name);
                break;
            case { Body: not null }:
                lane.Count++;
                _count++;
                if (row.Due > 0)
                    lane.NextDue = Math.Min(lane.NextDue, row.Due);
                else if (lane.HasMore || !lane.HasRoom || !_isStarted)
                    lane.HasMore = true;
                else
                    lane.Add(id, entry.Event!);
                Pump(lane);
                break;
            default:
                lane.Known.Remove(id);
                lane.NextDue = Math.Min(lane.NextDue, row.Due);
                break;
        }
    }

    /// <summary>Reads what is due into the lanes that have room for it, and sets the alarm to when something is due next.</summary>
    private void Refill()
    {
        List<Lane> wanting;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_isStarted)
                return;
            wanting = [.. _lanes.Values.Where(lane => lane.IsLow && (lane.HasMore || lane.NextDue <= now))];
        }
        foreach (var lane in wanting)
            Refill(lane, now);
        lock (_lock)
        {
            var next = FarFuture;
            foreach (var lane in _lanes.Values)
            {
                if (lane.NextDue > now)
                    next = Math.Min(next, lane.NextDue);
            }
            _alarm.Change(
                next == FarFuture ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Min(next - now, int.MaxValue)),
                Timeout.InfiniteTimeSpan
            );
        }
    }

    private void Refill(Lane lane, long now)
    {
        HashSet<long> known;
        int room;
        lock (_lock)
            (known, room) = ([.. lane.Known], MostReady - lane.Ready.Count);
        // Retries first, as they have waited, but never so many that new events wait for ever.
        var retries = _database.Read(lane.Name, 1, now, room / 2, known);
        var fresh = _database.Read(lane.Name, 0, 0, room - retries.Count, known);
        var nextDue = retries.Count < room / 2 ? _database.NextDue(lane.Name, now) ?? FarFuture : now;
        lock (_lock)
        {
            lane.HasMore = fresh.Count == room - retries.Count;
            lane.NextDue = nextDue;
            foreach (var row in retries.Concat(fresh))
            {
                if (!lane.HasRoom)
                {
                    lane.HasMore = true;
                    lane.NextDue = now;
                    break;
                }
                lane.Add(row.Id, Parse(row.Head, row.Body!));
            }
            Pump(lane);
        }
    }

    private void NoteOldest() => Volatile.Write(ref _oldest, _database.Oldest() is { } head ? Parse(head, []).Accepted.UtcTicks : 0);

    // Running. The caller of Pump holds the lock.

    private void Pump(Lane lane)
    {
        while (_isStarted && lane.Running < ParallelPerFunction && lane.Ready.TryDequeue(out var next))
        {
            lane.ReadyBytes -= next.Event.Payload.Length;
            lane.Running++;
            _running++;
            var ending = _ending.Token;
            _ = Task.Run(() => RunAsync(lane, next.Id, next.Event, ending), CancellationToken.None);
        }
    }

    private async Task RunAsync(Lane lane, long id, QueuedEvent queued, CancellationToken ending)
    {
        Write? end = null;
        var isEnded = false;
        try
        {
            var result = await _attempt(queued, ending);
            end = new Write(EntriesOf(lane, id, queued, result));
            if (result is { Next: null, IsDropped: true })
                Interlocked.Increment(ref _dropped);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            isEnded = true; // the event stays on disk and runs at the next start
        }
        catch (Exception error)
        {
            _failed(error); // a bug: the event stays on disk, too, and does not run before the next start
        }
        bool wantsMore;
        lock (_lock)
        {
            lane.Running--;
            _running--;
            if (isEnded)
                Return(lane, id);
            Pump(lane);
            wantsMore = lane.IsLow && lane.HasMore;
            if (_running == 0 && !_isStarted)
                _idle?.TrySetResult();
        }
        if (end is not null)
            Post(end);
        else if (wantsMore)
            Post(new Write([]));
    }

    /// <summary>Leaves an event that was ended to the next start.</summary>
    private static void Return(Lane lane, long id)
    {
        lane.Known.Remove(id);
        (lane.HasMore, lane.NextDue) = (true, 0);
    }

    private Entry[] EntriesOf(Lane lane, long id, QueuedEvent queued, AttemptResult result)
    {
        if (result.Next is { } next)
            return [new Entry(new WaitingChange(id, new WaitingRow(id, lane.Name, Due(next), HeadOf(next), null)), next, lane.Name)];
        return [new Entry(new WaitingChange(id, null), queued, lane.Name), .. result.Records.Select(NewEntry)];
    }

    /// <summary>The events of one function.</summary>
    private sealed class Lane(string name)
    {
        public string Name => name;

        /// <summary>Read, to run next.</summary>
        public Queue<(long Id, QueuedEvent Event)> Ready { get; } = new();

        public int ReadyBytes { get; set; }

        /// <summary>Those that are ready, run, or have run and are not removed yet.</summary>
        public HashSet<long> Known { get; } = [];

        public int Running { get; set; }

        public long Count { get; set; }

        /// <summary>Whether the file has events that may run now and are not known.</summary>
        public bool HasMore { get; set; }

        /// <summary>When the first event is due that waits for its time.</summary>
        public long NextDue { get; set; } = FarFuture;

        public bool HasRoom => Ready.Count < MostReady && ReadyBytes < MostReadyBytes;

        public bool IsLow => Ready.Count <= MostReady / 2 && ReadyBytes <= MostReadyBytes / 2;

        public void Add(long id, QueuedEvent queued)
        {
            Known.Add(id);
            Ready.Enqueue((id, queued));
            ReadyBytes += queued.Payload.Length;
        }
    }

    /// <param name="Event">Null where it is not needed.</param>
    private readonly record struct Entry(WaitingChange Change, QueuedEvent? Event, string Lane);

    /// <summary>Changes that are made together.</summary>
    private sealed record Write(Entry[] Entries)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAcceptance { get; init; }

        /// <summary>Asks the database something after the changes.</summary>
        public Func<WaitingDatabase, IReadOnlyList<QueuedEvent>>? Query { get; init; }

        public IReadOnlyList<QueuedEvent>? Answer { get; set; }
    }
}

/// <summary>What an attempt leads to.</summary>
/// <param name="Next">The event with its next attempt; null: it has ended.</param>
/// <param name="Records">Events for its destinations.</param>
/// <param name="IsDropped">Whether it ended without a successful run.</param>
internal sealed record AttemptResult(QueuedEvent? Next, IReadOnlyList<QueuedEvent> Records, bool IsDropped);
