using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>
/// A Lambda endpoint that does to its connections what a script says. Counts what a real one would have executed: requests
/// that arrived whole.
/// </summary>
public sealed class ScriptedEndpoint : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<EndpointPeer, Task> _script;
    private readonly List<Task> _peers = [];
    private readonly Task _accepting;
    private int _connections;
    private int _executions;

    /// <param name="script">Run for every connection; the connection is closed when it returns.</param>
    public ScriptedEndpoint(Func<EndpointPeer, Task> script)
    {
        _script = script;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;
    public string Url => $"http://127.0.0.1:{Port}";
    public int Connections => Volatile.Read(ref _connections);
    public int Executions => Volatile.Read(ref _executions);

    /// <summary>Answers every request on every connection with the same bytes.</summary>
    public static ScriptedEndpoint Answering(string reply) =>
        new(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.SendAsync(reply);
        });

    /// <summary>A reply of Lambda with this payload.</summary>
    public static string Reply(string payload, string headers = "", string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nX-Amz-Executed-Version: $LATEST\r\n{headers}"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(payload)}\r\n\r\n{payload}";

    /// <summary>Returns when every connection so far has been closed by its script.</summary>
    public Task AllClosedAsync()
    {
        lock (_peers)
            return Task.WhenAll(_peers);
    }

    internal void Executed() => Interlocked.Increment(ref _executions);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await AllClosedAsync();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                var serving = ServeAsync(socket, Interlocked.Increment(ref _connections));
                lock (_peers)
                    _peers.Add(serving);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        using var peer = new EndpointPeer(this, socket, number, _stop.Token);
        try
        {
            await Task.Yield();
            await _script(peer);
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The bridge or a test closed the connection; scripts that need to know check it themselves.
            return;
        }
    }
}
