using System.Threading.Channels;
using Daybreak.Aws;
using Daybreak.Cloud.S3.Storage;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.S3.Events;

/// <summary>
/// Hands events that are on the disk to their destinations, and then forgets them. What was not handed over when a process ended, the next
/// one hands over; so an event may come twice, as on AWS, but none is lost.
/// </summary>
internal sealed class EventOutbox(S3Database database, IEventTargets targets, Action<Exception> failed) : IAsyncDisposable
{
    private const int MostAtOnce = 256;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1),
        LongestWait = TimeSpan.FromMinutes(5);

    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins, with what an earlier process left.</summary>
    public void Start()
    {
        if (!_running.IsCompleted)
            return;
        _running = Task.Run(RunAsync);
        Wake();
    }

    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until nothing is being handed over, and holds everything back until the result is disposed of.</summary>
    public async Task<IDisposable> HoldAsync()
    {
        await _sending.WaitAsync();
        return new Held(_sending);
    }

    public async ValueTask DisposeAsync()
    {
        _wakes.Writer.TryComplete();
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        _sending.Dispose();
    }

    private async Task RunAsync()
    {
        var wait = FirstWait;
        while (await _wakes.Reader.WaitToReadAsync())
        {
            _wakes.Reader.TryRead(out _);
            bool isAllSent;
            await _sending.WaitAsync();
            try
            {
                isAllSent = await SendAllAsync();
            }
            catch (Exception error)
            {
                failed(error);
                isAllSent = false;
            }
            finally
            {
                _sending.Release();
            }
            if (!isAllSent)
                _ = WakeLaterAsync(wait);
            wait = isAllSent ? FirstWait : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    private async Task WakeLaterAsync(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, _ending.Token); // disks and other processes are real
            Wake();
        }
        catch (OperationCanceledException)
        {
            // The next process goes on.
        }
    }

    /// <returns>Whether nothing is left for another time.</returns>
    private async Task<bool> SendAllAsync()
    {
        var isAllSent = true;
        for (var after = 0L; !_ending.IsCancellationRequested; )
        {
            var events = database.Read(rows => rows.Events(after, MostAtOnce));
            if (events.Count == 0)
                return isAllSent;
            after = events[^1].Id;
            var sent = await Task.WhenAll(events.Select(one => TrySendAsync(one.Event)));
            var done = events.Zip(sent).Where(static one => one.Second).Select(static one => one.First.Id).ToList();
            isAllSent &= done.Count == events.Count;
            if (done.Count > 0)
                await database.ChangeAsync(change =>
                {
                    foreach (var id in done)
                        change.ForgetEvent(id);
                    return true;
                });
        }
        return isAllSent;
    }

    private async Task<bool> TrySendAsync(StoredEvent one)
    {
        try
        {
            await targets.SendAsync(new EventSource(one.BucketArn, one.AccountId), one.TargetArn, one.Message, one.TraceId);
            return true;
        }
        catch (AwsException error)
        {
            return error.Fault == FaultSide.Sender;
        }
        catch (StateException)
        {
            return false;
        }
    }

    private sealed class Held(SemaphoreSlim sending) : IDisposable
    {
        public void Dispose() => sending.Release();
    }
}
