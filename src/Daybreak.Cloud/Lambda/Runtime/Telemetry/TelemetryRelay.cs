using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Lambda.Runtime.Telemetry;

/// <summary>
/// Passes the records of one runtime process on to the extensions that subscribe to them. They may do so until init is over, and get what
/// was recorded before. Thread-safe.
/// </summary>
/// <param name="subscribed">Gets the name of an extension that has subscribed, the request, and the state to tell.</param>
/// <param name="sandbox">The address of <c>sandbox.localdomain</c> in this environment.</param>
/// <param name="newSocket">Makes a socket in the environment's network.</param>
internal sealed class TelemetryRelay(
    Action<string, TelemetryRequest, string> subscribed,
    IPAddress sandbox,
    Func<Socket> newSocket,
    TimeProvider time
) : IDisposable
{
    private const int MostEarlyBytes = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<TelemetrySubscriber> _subscribers = [];
    private List<TelemetryRecord>? _early = []; // null: nobody can subscribe any more
    private int _earlyBytes;
    private volatile bool _isListening = true;

    /// <summary>Whether a record would reach somebody, or might.</summary>
    public bool IsListening => _isListening;

    /// <returns>The reply.</returns>
    public byte[] Subscribe(string extension, ReadOnlyMemory<byte> body, bool isLogs)
    {
        var request = TelemetryRequest.Parse(body, isLogs, out var problems);
        var state = "Subscribed";
        lock (_lock)
        {
            if (_early is null)
                return TelemetryReply.Closed(isLogs);
            if (request is null)
                return TelemetryReply.Invalid(isLogs, problems);
            if (_subscribers.Find(other => other.Name == extension) is { } other)
            {
                if (other.IsOfLogs != isLogs)
                    return TelemetryReply.Invalid(isLogs, $"the extension has subscribed by the {(isLogs ? "Telemetry" : "Logs")} API");
                state = "Already subscribed";
            }
            else
            {
                var subscriber = new TelemetrySubscriber(
                    extension,
                    request,
                    (context, cancellation) => ConnectAsync(request, context, cancellation),
                    time
                );
                _early.ForEach(subscriber.Add);
                _subscribers.Add(subscriber);
            }
        }
        subscribed(extension, request, state);
        return state == "Subscribed" ? TelemetryReply.Subscribed : TelemetryReply.AlreadySubscribed;
    }

    public void Publish(TelemetryRecord record)
    {
        lock (_lock)
        {
            if (_early is not null && (_earlyBytes += record.Json.Length) <= MostEarlyBytes)
                _early.Add(record);
            _subscribers.ForEach(subscriber => subscriber.Add(record));
        }
    }

    /// <summary>Init is over: nobody can subscribe any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _early = null;
            _isListening = _subscribers.Count > 0;
        }
    }

    /// <summary>Sends what is there without waiting for more.</summary>
    /// <returns>Completes when all extensions have taken it.</returns>
    public Task FlushAsync()
    {
        lock (_lock)
            return Task.WhenAll(_subscribers.ConvertAll(static subscriber => subscriber.FlushAsync()));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _early = null;
            _isListening = false;
            _subscribers.ForEach(static subscriber => subscriber.Dispose());
            _subscribers.Clear();
        }
    }

    private async ValueTask<Stream> ConnectAsync(
        TelemetryRequest request,
        SocketsHttpConnectionContext context,
        CancellationToken cancellation
    )
    {
        var socket = newSocket();
        try
        {
            socket.NoDelay = true;
            var address = request.IsToSandbox ? sandbox : IPAddress.Loopback;
            await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
