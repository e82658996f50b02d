using System.Threading.Channels;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>
/// Runs events, those of each function in a lane. What ran is written by <see cref="EventWriter"/>, which then has the lanes filled from
/// the file.
/// </summary>
internal sealed class EventLanes : IDisposable
{
    private readonly Dictionary<string, EventLane> _lanes = [];
    private readonly Lock _lock = new();
    private readonly ChannelWriter<EventWrite> _writes;
    private readonly Func<QueuedEvent, CancellationToken, ValueTask<AttemptResult>> _attempt;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly ITimer _alarm;
    private CancellationTokenSource _ending = new();
    private TaskCompletionSource? _idle;
    private int _running;
    private bool _isStarted;
    private long _lastId;
    private long _count;
    private long _received;
    private long _dropped;
    private long _oldest;

    public EventLanes(
        WaitingDatabase database,
        ChannelWriter<EventWrite> writes,
        Func<QueuedEvent, CancellationToken, ValueTask<AttemptResult>> attempt,
        TimeProvider time,
        Action<Exception> failed
    )
    {
        (_writes, _attempt, _time, _failed) = (writes, attempt, time, failed);
        _lastId = database.LastId;
        foreach (var (lane, count) in database.Lanes())
        {
            _lanes[lane] = new EventLane(lane) { HasMore = true, Count = count };
            _count += count;
        }
        _alarm = time.CreateTimer(_ => WantMore(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        NoteOldest(database);
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

    /// <summary>Gives an event its id and its place.</summary>
    public EventChange Add(QueuedEvent queued)
    {
        var id = Interlocked.Increment(ref _lastId);
        var row = EventRow.Of(id, queued);
        return new EventChange(new WaitingChange(id, row), row.Lane, queued);
    }

    /// <summary>Begins to run events.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_ending.IsCancellationRequested)
                _ending = new CancellationTokenSource();
            _isStarted = true;
            foreach (var lane in _lanes.Values)
                Begin(lane);
        }
        WantMore();
    }

    /// <summary>Ends what runs. When this completes, what ended before has been handed to the writer.</summary>
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

    /// <summary>Forgets all events.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _lanes.Clear();
            _count = 0;
        }
    }

    public void Dispose()
    {
        _alarm.Dispose();
        _ending.Dispose();
    }

    // Called by the writer alone, which is the one that uses the file.

    /// <summary>Brings the lanes up to date with changes that are in the file.</summary>
    public void Apply(EventWrite write)
    {
        lock (_lock)
        {
            foreach (var change in write.Changes)
                Apply(change);
            if (write.IsAcceptance)
                _received++;
        }
    }

    /// <summary>Reads what is due into the lanes that have room for it, and sets the alarm to when something is due next.</summary>
    public void Refill(WaitingDatabase database)
    {
        NoteOldest(database);
        List<EventLane> wanting;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_isStarted)
                return;
            wanting = [.. _lanes.Values.Where(lane => lane.IsLow && (lane.HasMore || lane.NextDue <= now))];
        }
        foreach (var lane in wanting)
            Refill(database, lane, now);
        lock (_lock)
        {
            var next = EventLane.FarFuture;
            foreach (var lane in _lanes.Values)
            {
                if (lane.NextDue > now)
                    next = Math.Min(next, lane.NextDue);
            }
            _alarm.Change(
                next == EventLane.FarFuture ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Min(next - now, int.MaxValue)),
                Timeout.InfiniteTimeSpan
            );
        }
    }

    private void NoteOldest(WaitingDatabase database) =>
        Volatile.Write(ref _oldest, database.Oldest() is { } head ? EventRow.Read(head, []).Accepted.UtcTicks : 0);

    private void WantMore() => _writes.TryWrite(new EventWrite());

    private void Refill(WaitingDatabase database, EventLane lane, long now)
    {
        HashSet<long> known;
        int room;
        lock (_lock)
            (known, room) = (lane.Known(), lane.Room);
        // Retries first, as they have waited, but never so many that new events wait for ever.
        var retries = database.Read(lane.Name, 1, now, room / 2, known);
        var fresh = database.Read(lane.Name, 0, 0, room - retries.Count, known);
        var nextDue = retries.Count < room / 2 ? database.NextDue(lane.Name, now) ?? EventLane.FarFuture : now;
        lock (_lock)
        {
            lane.HasMore = fresh.Count == room - retries.Count;
            lane.NextDue = nextDue;
            foreach (var row in retries.Concat(fresh))
            {
                if (!lane.HasRoom)
                {
                    (lane.HasMore, lane.NextDue) = (true, now);
                    break;
                }
                lane.Add(row.Id, EventRow.Read(row.Head, row.Body!));
            }
            Begin(lane);
        }
    }

    // The callers of what follows hold the lock, or run an event.

    private void Apply(EventChange change)
    {
        if (!_lanes.TryGetValue(change.Lane, out var lane))
            _lanes[change.Lane] = lane = new EventLane(change.Lane);
        var (id, row) = change.Change;
        switch (row)
        {
            case null:
                lane.Forget(id);
                lane.Count--;
                _count--;
                RemoveIfEmpty(lane);
                break;
            case { Body: not null }:
                lane.Count++;
                _count++;
                if (row.Due > 0)
                    lane.NextDue = Math.Min(lane.NextDue, row.Due);
                else if (lane.HasMore || !lane.HasRoom || !_isStarted)
                    lane.HasMore = true;
                else
                    lane.Add(id, change.Event!);
                Begin(lane);
                break;
            default:
                lane.Forget(id);
                lane.NextDue = Math.Min(lane.NextDue, row.Due);
                break;
        }
    }

    private void RemoveIfEmpty(EventLane lane)
    {
        if (lane.IsEmpty && _lanes.GetValueOrDefault(lane.Name) == lane)
            _lanes.Remove(lane.Name);
    }

    private void Begin(EventLane lane)
    {
        while (_isStarted && lane.TryBegin() is var (id, queued))
        {
            _running++;
            var ending = _ending.Token;
            _ = Task.Run(() => RunAsync(lane, id, queued, ending), CancellationToken.None);
        }
    }

    private async Task RunAsync(EventLane lane, long id, QueuedEvent queued, CancellationToken ending)
    {
        var (isWritten, isInterrupted) = (false, false);
        try
        {
            var result = await _attempt(queued, ending);
            if (result is { Next: null, IsDropped: true })
                Interlocked.Increment(ref _dropped);
            // It is handed over before the event counts as ended, so that a stop waits for it.
            isWritten = _writes.TryWrite(new EventWrite(ChangesOf(lane, id, result)));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            isInterrupted = true; // the event stays in the file and runs at the next start
        }
        catch (Exception error)
        {
            _failed(error); // a bug: the event stays in the file, too, and does not run before the next start
        }
        bool wantsMore;
        lock (_lock)
        {
            lane.End();
            _running--;
            if (isInterrupted)
                lane.Return(id);
            RemoveIfEmpty(lane);
            Begin(lane);
            wantsMore = !isWritten && lane.IsLow && lane.HasMore;
            if (_running == 0 && !_isStarted)
                _idle?.TrySetResult();
        }
        if (wantsMore)
            WantMore();
    }

    private EventChange[] ChangesOf(EventLane lane, long id, AttemptResult result)
    {
        if (result.Next is { } next)
            return [new EventChange(new WaitingChange(id, EventRow.OfNext(id, lane.Name, next)), lane.Name, next)];
        return [new EventChange(new WaitingChange(id, null), lane.Name, null), .. result.Records.Select(Add)];
    }
}
