using System.Collections.Concurrent;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Services;

/// <summary>Where another service writes. The group and the stream are made when there is something to write.</summary>
public readonly record struct ServiceStream(string AccountId, string Region, string Group, string Stream);

/// <summary>
/// Takes the lines of another service. Writing only appends to a buffer of the stream. The first line is stored at once in the background,
/// what accumulates after it 20 ms later, in the order in which it came.
/// </summary>
/// <typeparam name="TWriter">Who writes, and whose permissions count.</typeparam>
public sealed class ServiceLogs<TWriter> : IServiceLogs
    where TWriter : class
{
    private readonly ConcurrentDictionary<ServiceStream, Buffer> _buffers = new();
    private readonly LogGroups _groups;
    private readonly EventStore _events;
    private readonly TimeProvider _time;
    private readonly Func<TWriter, string, string, bool> _may;
    private readonly Action<Exception> _failed;

    internal ServiceLogs(
        LogGroups groups,
        EventStore events,
        TimeProvider time,
        Func<TWriter, string, string, bool> may,
        Action<Exception> failed
    ) => (_groups, _events, _time, _may, _failed) = (groups, events, time, may, failed);

    /// <summary>Appends an event. It is dropped when the writer may not write there.</summary>
    public void Write(TWriter writer, ServiceStream stream, DateTimeOffset time, string message)
    {
        if (message.Length == 0)
            return;
        while (true)
        {
            var buffer = _buffers.GetOrAdd(stream, static (stream, logs) => new Buffer(logs, stream), this);
            if (buffer.TryAdd(writer, time.ToUnixTimeMilliseconds(), message))
                return;
        }
    }

    async Task IServiceLogs.WhenStoredAsync()
    {
        while (_buffers.Values.FirstOrDefault() is { } buffer)
            await buffer.Stored;
    }

    private async Task StoreAsync(TWriter writer, ServiceStream name, List<NewBatch> batches)
    {
        try
        {
            var key = new ResourceKey(name.AccountId, name.Region, name.Group);
            var (group, stream) = (LogsArn.Stream(key, ""), LogsArn.Stream(key, name.Stream));
            if (_groups.Find(key) is not { } target)
            {
                if (!_may(writer, "logs:CreateLogGroup", group))
                    return;
                await _groups.TryAddAsync(key, GroupOperations.NewSettings(name.Group, _time));
                target = _groups.Find(key);
            }
            if (target is not null && !target.Streams.ContainsKey(name.Stream) && _may(writer, "logs:CreateLogStream", stream))
                await _groups.TryAddStreamAsync(target, name.Stream);
            if (target?.Streams.GetValueOrDefault(name.Stream) is not { } found || !_may(writer, "logs:PutLogEvents", stream))
                return;
            foreach (var batch in batches)
                await _events.AppendAsync(target.Events, found.Events, batch);
        }
        catch (Exception error)
        {
            _failed(error); // a full disk, or whatever it is, must not stop what writes, nor what is written next
        }
    }

    private sealed class Buffer(ServiceLogs<TWriter> logs, ServiceStream stream)
    {
        private const int MostEvents = 10_000;
        private const int MostBytes = 1024 * 1024;
        private const long LongestSpan = 24 * 60 * 60 * 1000;
        private const int FirstSize = 1024;

        // Storing costs far more than appending, and a busy writer appends thousands of times a second.
        private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

        private readonly Lock _lock = new();
        private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private List<NewBatch> _batches = [];
        private TWriter? _writer;
        private bool _isDone;

        /// <summary>Completes when everything is stored and the buffer is not used any more.</summary>
        public Task Stored => _stored.Task;

        /// <returns>False when another buffer has to be made.</returns>
        public bool TryAdd(TWriter writer, long time, string message)
        {
            lock (_lock)
            {
                if (_isDone)
                    return false;
                var batch = _batches is [.., var last] ? last : null;
                if (
                    batch is null
                    || batch.Count == MostEvents
                    || batch.Length + message.Length > MostBytes
                    || time - batch.FirstTime > LongestSpan
                )
                    _batches.Add(batch = new NewBatch(FirstSize));
                batch.Add(time, message);
                if (_writer is null)
                    ThreadPool.UnsafeQueueUserWorkItem(static buffer => _ = buffer.StoreAsync(), this, preferLocal: false);
                _writer = writer;
                return true;
            }
        }

        private async Task StoreAsync()
        {
            while (true)
            {
                List<NewBatch> batches;
                TWriter writer;
                lock (_lock)
                {
                    if (_batches.Count == 0)
                    {
                        _isDone = true;
                        logs._buffers.TryRemove(new(stream, this));
                        _stored.SetResult();
                        return;
                    }
                    (batches, _batches) = (_batches, []);
                    writer = _writer!;
                }
                await logs.StoreAsync(writer, stream, batches);
                await Task.Delay(Between, logs._time);
            }
        }
    }
}

internal interface IServiceLogs
{
    /// <summary>Waits until everything that was written is stored, while nothing more is written.</summary>
    Task WhenStoredAsync();
}
