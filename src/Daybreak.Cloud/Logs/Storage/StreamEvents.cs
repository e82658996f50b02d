namespace Daybreak.Cloud.Logs.Storage;

/// <summary>Where the events of one stream are. Guarded by the lock of its group.</summary>
/// <param name="id">Never used again.</param>
internal sealed class StreamEvents(long id, string name)
{
    public long Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>In the order of arrival.</summary>
    public List<Batch> Batches { get; } = [];

    /// <summary>The times of its events; null: it has none.</summary>
    public StreamTimes? Times { get; private set; }

    /// <summary>Whether the stream was deleted.</summary>
    public bool IsRemoved { get; private set; }

    public void Add(Batch batch)
    {
        Batches.Add(batch);
        Times = new StreamTimes(
            Math.Min(Times?.First ?? long.MaxValue, batch.FirstTime),
            Math.Max(Times?.Last ?? 0, batch.LastTime),
            batch.IngestionTime
        );
    }

    public void Remove()
    {
        IsRemoved = true;
        RemoveAll(static _ => true);
    }

    public void RemoveAll(Predicate<Batch> match)
    {
        if (Batches.RemoveAll(match) > 0 && Times is { } times)
            Times = Batches.Count == 0 ? null : times with { First = Batches.Min(static batch => batch.FirstTime) };
    }
}

/// <summary>The times of a stream's first and last event, and of the last arrival.</summary>
internal sealed record StreamTimes(long First, long Last, long LastIngestion);
