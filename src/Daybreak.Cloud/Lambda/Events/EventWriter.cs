using System.Threading.Channels;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>The one that uses the file of events. It commits together all that waits for it.</summary>
internal sealed class EventWriter(WaitingDatabase database, Channel<EventWrite> writes, EventLanes lanes, Action<Exception> failed)
{
    private const int MostWrites = 1024;

    private static readonly TimeSpan StorageWait = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the channel is complete.</summary>
    public async Task RunAsync()
    {
        var batch = new List<EventWrite>();
        var unwritten = new List<EventWrite>(); // ends of attempts for which there was no room
        while (await writes.Reader.WaitToReadAsync())
        {
            batch.AddRange(unwritten);
            unwritten.Clear();
            while (batch.Count < MostWrites && writes.Reader.TryRead(out var write))
                batch.Add(write);
            try
            {
                if (batch.Exists(static write => write.Changes.Length > 0))
                    database.Commit(batch.SelectMany(static write => write.Changes).Select(static change => change.Change));
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
                lanes.Refill(database);
            }
            catch (Exception error) // reading failed; it is tried again with the next write
            {
                failed(error);
            }
        }
    }

    private void Complete(EventWrite write)
    {
        try
        {
            write.Use?.Invoke(database);
        }
        catch (StateException error)
        {
            write.Done.TrySetException(error);
            return;
        }
        lanes.Apply(write);
        write.Done.TrySetResult();
    }

    private void Refuse(List<EventWrite> batch, List<EventWrite> unwritten, StateException error)
    {
        foreach (var write in batch)
        {
            if (write.IsAcceptance || write.Changes.Length == 0)
                write.Done.TrySetException(error);
            else
                unwritten.Add(write); // the event has run: it must not run again as long as this process lives
        }
        if (unwritten.Count == 0)
            return;
        failed(error);
        _ = AgainAsync();

        async Task AgainAsync()
        {
            await Task.Delay(StorageWait); // the disk is a real one
            writes.Writer.TryWrite(new EventWrite());
        }
    }
}
