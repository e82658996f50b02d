namespace Daybreak.Cloud.Lambda.Events;

/// <summary>The events of one function: those that run, and the next ones. All others are only in the file.</summary>
internal sealed class EventLane(string name)
{
    /// <summary>The time of an event that is not there.</summary>
    public const long FarFuture = long.MaxValue;

    /// <summary>Events that run at the same time, so that a burst does not start a thousand processes on one machine.</summary>
    private const int MostRunning = 8;

    /// <summary>Events and bytes that are read ahead.</summary>
    private const int MostReady = 128;

    private const int MostReadyBytes = 4 * 1024 * 1024;

    private readonly Queue<(long Id, QueuedEvent Event)> _ready = new();
    private readonly HashSet<long> _known = [];
    private int _readyBytes;
    private int _running;

    public string Name => name;

    /// <summary>Events that have not ended.</summary>
    public long Count { get; set; }

    /// <summary>Whether the file has events that may run now and are not known.</summary>
    public bool HasMore { get; set; }

    /// <summary>When the first event is due that waits for its time, in milliseconds since 1970.</summary>
    public long NextDue { get; set; } = FarFuture;

    public bool IsEmpty => Count == 0 && _running == 0;

    public bool HasRoom => _ready.Count < MostReady && _readyBytes < MostReadyBytes;

    /// <summary>Whether more is to be read.</summary>
    public bool IsLow => _ready.Count <= MostReady / 2 && _readyBytes <= MostReadyBytes / 2;

    /// <summary>How many more events may be read.</summary>
    public int Room => MostReady - _ready.Count;

    /// <summary>Those that are ready, run, or have run and are still in the file.</summary>
    public HashSet<long> Known() => [.. _known];

    public void Add(long id, QueuedEvent queued)
    {
        _known.Add(id);
        _ready.Enqueue((id, queued));
        _readyBytes += queued.Payload.Length;
    }

    /// <summary>The next event, which runs from now on; null: none is ready, or enough of them run.</summary>
    public (long Id, QueuedEvent Event)? TryBegin()
    {
        if (_running == MostRunning || !_ready.TryDequeue(out var next))
            return null;
        _readyBytes -= next.Event.Payload.Length;
        _running++;
        return next;
    }

    /// <summary>The event runs no more. Until it is forgotten it is not read again.</summary>
    public void End() => _running--;

    /// <summary>The event is no more in the file as it was.</summary>
    public void Forget(long id) => _known.Remove(id);

    /// <summary>Leaves an event that was interrupted to the next start.</summary>
    public void Return(long id)
    {
        _known.Remove(id);
        (HasMore, NextDue) = (true, 0);
    }
}
