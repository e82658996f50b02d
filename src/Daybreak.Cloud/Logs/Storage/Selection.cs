using System.Buffers;
using System.Text;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>One event that was found.</summary>
internal sealed record FoundEvent(Position Position, string Stream, long IngestionTime, byte[] Message)
{
    public string Text => Encoding.UTF8.GetString(Message);
}

/// <summary>What to look for.</summary>
/// <param name="From">The earliest time.</param>
/// <param name="To">The latest time.</param>
/// <param name="Limit">Most events.</param>
internal sealed record EventQuery(long From, long To, int Limit)
{
    /// <summary>Only events after this place, the first of them.</summary>
    public Position? After { get; init; }

    /// <summary>Only events before this place, the last of them.</summary>
    public Position? Before { get; init; }

    /// <summary>Whether the last events are wanted rather than the first.</summary>
    public bool Backward { get; init; }

    /// <summary>Null: every event.</summary>
    public Func<ReadOnlySpan<byte>, bool>? Matches { get; init; }
}

/// <summary>
/// Finds the first events, or the last, of many batches, in their order. Batches are read in the order of their times, each at most once,
/// and only as long as one can have an event that comes before one that was found.
/// </summary>
internal sealed class Selection
{
    /// <summary>Most bytes of an answer, each event counted with 26 more as AWS does.</summary>
    private const long MostBytes = 1024 * 1024;

    public const int EventOverhead = 26;

    private readonly EventQuery _query;
    private readonly PriorityQueue<FoundEvent, Position> _found; // its head is the event that goes first when there are too many
    private long _bytes;
    private bool _isFull;

    private Selection(EventQuery query)
    {
        _query = query;
        _found = new(
            query.Backward ? Comparer<Position>.Default : Comparer<Position>.Create(static (left, right) => right.CompareTo(left))
        );
    }

    /// <summary>Whether there may be more events than those that are returned.</summary>
    private bool HasMore { get; set; }

    /// <returns>The events in the order of their places, and whether there may be more.</returns>
    public static (IReadOnlyList<FoundEvent> Events, bool HasMore) Of(
        GroupEvents group,
        IReadOnlyList<StreamEvents>? streams,
        EventQuery query,
        CancellationToken cancellation
    )
    {
        var from = query.After is { } after ? Math.Max(query.From, after.Time) : query.From;
        var to = query.Before is { } before ? Math.Min(query.To, before.Time) : query.To;
        var batches = group.Between(from, to, streams);
        Sort(batches, query.Backward);
        var selection = new Selection(query);
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            if (selection.IsBeyond(batch))
            {
                selection.HasMore = true;
                break;
            }
            selection.Read(batch);
        }
        return (selection.InOrder(), selection.HasMore);
    }

    private static void Sort(Batch[] batches, bool backward)
    {
        Comparison<Batch> order = backward
            ? static (left, right) =>
                left.LastTime != right.LastTime
                    ? right.LastTime.CompareTo(left.LastTime)
                    : right.FirstSequence.CompareTo(left.FirstSequence)
            : static (left, right) =>
                left.FirstTime != right.FirstTime
                    ? left.FirstTime.CompareTo(right.FirstTime)
                    : left.FirstSequence.CompareTo(right.FirstSequence);
        if (backward)
            Array.Reverse(batches);
        // They mostly are in order.
        for (var i = 1; i < batches.Length; i++)
        {
            if (order(batches[i - 1], batches[i]) <= 0)
                continue;
            Array.Sort(batches, order);
            return;
        }
    }

    /// <summary>Whether neither this batch nor a later one has an event that is wanted.</summary>
    private bool IsBeyond(Batch batch) =>
        _isFull
        && _found.TryPeek(out var last, out _)
        && (_query.Backward ? batch.LastTime < last.Position.Time : batch.FirstTime > last.Position.Time);

    private void Read(Batch batch)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(batch.Length);
        try
        {
            var bytes = buffer.AsSpan(0, batch.Length);
            if (batch.Segment.TryRead(bytes, batch.Offset))
                Read(batch, bytes);
        }
        catch (ObjectDisposedException)
        {
            // The file was the oldest, and has been removed since.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Read(Batch batch, ReadOnlySpan<byte> bytes)
    {
        var sequence = batch.FirstSequence;
        foreach (var (time, message) in new BatchReader(batch.FirstTime, bytes))
        {
            var position = new Position(time, sequence++);
            if (
                time >= _query.From
                && time <= _query.To
                && !(position <= _query.After)
                && !(position >= _query.Before)
                && (_query.Matches is null || _query.Matches(message))
            )
                Offer(batch, position, message);
        }
    }

    private void Offer(Batch batch, Position position, ReadOnlySpan<byte> message)
    {
        if (_isFull && _found.TryPeek(out _, out var last) && (_query.Backward ? position < last : position > last))
        {
            HasMore = true;
            return;
        }
        _found.Enqueue(new FoundEvent(position, batch.Stream.Name, batch.IngestionTime, message.ToArray()), position);
        _bytes += message.Length + EventOverhead;
        while (_found.Count > 1 && (_found.Count > _query.Limit || _bytes > MostBytes))
        {
            _bytes -= _found.Dequeue().Message.Length + EventOverhead;
            (HasMore, _isFull) = (true, true);
        }
        _isFull |= _found.Count == _query.Limit;
    }

    private FoundEvent[] InOrder()
    {
        var events = new FoundEvent[_found.Count];
        for (var i = 0; i < events.Length; i++)
            events[_query.Backward ? i : events.Length - 1 - i] = _found.Dequeue();
        return events;
    }
}
