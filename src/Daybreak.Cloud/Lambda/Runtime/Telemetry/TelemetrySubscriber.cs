using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Daybreak.Cloud.Lambda.Runtime.Telemetry;

/// <summary>
/// Sends one extension its records, in batches. A batch that it does not take is sent again, and what comes meanwhile is kept up to twice
/// the limits of the subscription. What is beyond is dropped, and told in <c>platform.logsDropped</c>.
/// </summary>
internal sealed class TelemetrySubscriber : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly TelemetryRequest _request;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stop = new();
    private List<byte[]> _pending = [];
    private int _pendingBytes;
    private int _droppedRecords;
    private long _droppedBytes;
    private bool _isSending;
    private TaskCompletionSource? _drained;

    /// <param name="connect">Makes a connection to the extension.</param>
    public TelemetrySubscriber(
        string name,
        TelemetryRequest request,
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect,
        TimeProvider time
    )
    {
        (Name, _request, _time) = (name, request, time);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = connect,
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = SendAllAsync();
    }

    /// <summary>Name of the extension.</summary>
    public string Name { get; }

    public bool IsOfLogs => (_request.Schema & TelemetrySchemas.Logs) != 0;

    /// <summary>Keeps a record, if it is one of those that the extension asked for, for its next batch.</summary>
    public void Add(TelemetryRecord record)
    {
        if ((record.Type & _request.Types) == 0 || (record.Schemas & _request.Schema) == 0)
            return;
        bool isFull;
        lock (_lock)
        {
            if (_pending.Count >= 2 * _request.MaxItems || _pendingBytes + record.Json.Length > 2 * _request.MaxBytes)
            {
                _droppedRecords++;
                _droppedBytes += record.Json.Length;
                return;
            }
            AddUnsafe(record.Json);
            isFull = _pending.Count >= _request.MaxItems || _pendingBytes >= _request.MaxBytes;
        }
        if (isFull)
            Wake();
    }

    /// <summary>Sends what is there.</summary>
    /// <returns>Completes when the extension has taken it.</returns>
    public Task FlushAsync()
    {
        Task drained;
        lock (_lock)
        {
            if (_pending.Count == 0 && !_isSending)
                return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _drained.Task;
        }
        Wake();
        return drained;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _timer.Dispose();
        _http.Dispose();
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    private void AddUnsafe(byte[] json)
    {
        if (_pending.Count == 0)
            _timer.Change(_request.Timeout, Timeout.InfiniteTimeSpan);
        _pending.Add(json);
        _pendingBytes += json.Length;
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token);
                if (Take() is not { } batch)
                    continue;
                for (var pause = FirstPause; !await TrySendAsync(batch); pause = pause < LongestPause ? 2 * pause : LongestPause)
                    await Task.Delay(pause, _time, _stop.Token);
                TellOfDropped();
                EndSending();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The environment has ended.
        }
    }

    // The batch as a JSON array; null when there is none.
    private byte[]? Take()
    {
        List<byte[]> records;
        int length;
        lock (_lock)
        {
            if (_pending.Count == 0)
                return null;
            (records, _pending) = (_pending, []);
            (length, _pendingBytes) = (_pendingBytes, 0);
            _isSending = true;
        }
        var batch = new byte[length + records.Count + 1];
        var position = 0;
        foreach (var record in records)
        {
            batch[position] = (byte)(position == 0 ? '[' : ',');
            position++;
            record.CopyTo(batch, position);
            position += record.Length;
        }
        batch[position] = (byte)']';
        return batch;
    }

    private async Task<bool> TrySendAsync(byte[] batch)
    {
        using var content = new ByteArrayContent(batch);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var message = new HttpRequestMessage(new HttpMethod(_request.Method), _request.Destination) { Content = content };
        try
        {
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException)
        {
            return false; // it does not listen yet, or not any more
        }
    }

    private void EndSending()
    {
        TaskCompletionSource? drained = null;
        lock (_lock)
        {
            _isSending = false;
            if (_pending.Count == 0)
                (drained, _drained) = (_drained, null);
            else if (_drained is not null || _pending.Count >= _request.MaxItems || _pendingBytes >= _request.MaxBytes)
                Wake();
        }
        drained?.SetResult();
    }

    private void TellOfDropped()
    {
        lock (_lock)
        {
            if (_droppedRecords == 0)
                return;
            var (records, bytes) = (_droppedRecords, _droppedBytes);
            (_droppedRecords, _droppedBytes) = (0, 0);
            if ((_request.Types & TelemetryTypes.Platform) == 0)
                return;
            AddUnsafe(
                TelemetryRecord.Write(
                    _time.GetUtcNow(),
                    "platform.logsDropped",
                    json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("reason", "Consumer seems to have fallen behind as it has not acknowledged receipt of logs.");
                        json.WriteNumber("droppedRecords", records);
                        json.WriteNumber("droppedBytes", bytes);
                        json.WriteEndObject();
                    }
                )
            );
        }
    }
}
