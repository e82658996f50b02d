using System.Threading.Channels;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>
/// The queue of accepted events. An event is on the disk before the request is answered, and stays there until it has run: after a crash
/// it runs again, as AWS promises to run events at least once. What an attempt leads to, another attempt or a record for a destination,
/// is written together with the end of the event. Only events that run, and a few next ones, are in memory.
/// </summary>
internal sealed class EventQueue : IAsyncDisposable
{
    private readonly Channel<EventWrite> _writes = Channel.CreateUnbounded<EventWrite>(new() { SingleReader = true });
    private readonly WaitingDatabase _database;
    private readonly EventLanes _lanes;
    private readonly Task _writing;

    /// <param name="attempt">Runs an event once.</param>
    public EventQueue(
        string path,
        Func<QueuedEvent, CancellationToken, ValueTask<AttemptResult>> attempt,
        TimeProvider time,
        Action<Exception> failed
    )
    {
        _database = WaitingDatabase.Open(path);
        _lanes = new EventLanes(_database, _writes.Writer, attempt, time, failed);
        var writer = new EventWriter(_database, _writes, _lanes, failed);
        _writing = Task.Run(writer.RunAsync);
    }

    /// <summary>Events that have been accepted and have not ended.</summary>
    public long Count => _lanes.Count;

    /// <summary>Events that were accepted since the start of this process.</summary>
    public long Received => _lanes.Received;

    /// <summary>Events since the start of this process that ended without a successful run.</summary>
    public long Dropped => _lanes.Dropped;

    /// <summary>How long ago the oldest event was accepted.</summary>
    public TimeSpan Age => _lanes.Age;

    /// <summary>Accepts an event. Once this completes, the event survives even a kill -9.</summary>
    /// <exception cref="StateException">It is not accepted, for example because the disk is full.</exception>
    public Task AcceptAsync(QueuedEvent queued) => WriteAsync(new EventWrite(_lanes.Add(queued)) { IsAcceptance = true });

    /// <summary>All events, without their payloads.</summary>
    public async Task<IReadOnlyList<QueuedEvent>> ListAsync()
    {
        List<byte[]> heads = [];
        await WriteAsync(new EventWrite { Use = database => heads = database.Heads() });
        return [.. heads.Select(static head => EventRow.Read(head, []))];
    }

    /// <summary>Begins to run events, with those that an earlier process left.</summary>
    public void Start() => _lanes.Start();

    /// <summary>Ends what runs. The events stay.</summary>
    public Task StopAsync() => _lanes.StopAsync();

    /// <summary>Forgets all events. To be called while nothing runs or is accepted.</summary>
    /// <exception cref="StateException">Nothing is forgotten.</exception>
    public Task ClearAsync() =>
        WriteAsync(
            new EventWrite
            {
                Use = database =>
                {
                    database.Clear();
                    _lanes.Clear();
                },
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _lanes.StopAsync();
        _writes.Writer.TryComplete();
        await _writing;
        _lanes.Dispose();
        _database.Dispose();
    }

    private Task WriteAsync(EventWrite write)
    {
        if (!_writes.Writer.TryWrite(write))
            write.Done.TrySetException(new StateException("The state is closed"));
        return write.Done.Task;
    }
}
