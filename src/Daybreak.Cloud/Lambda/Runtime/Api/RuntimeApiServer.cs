using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>
/// The Runtime API (version 2018-06-01) and the Extensions API (2020-01-01) of one environment. Requests to the former have no identity, so
/// each environment has its own port (docs/decisions/0007-runtime-api-port.md).
/// </summary>
internal sealed class RuntimeApiServer : IDisposable
{
    private const int ConnectionLimit = 64;

    private readonly Socket _listener;
    private readonly RuntimeExchange _exchange;
    private readonly ExtensionExchange _extensions;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connections = new(ConnectionLimit);
    private readonly List<Socket> _open = [];

    /// <param name="network">The network that the environment is in; null: this machine's.</param>
    /// <param name="port">0: any free one.</param>
    public RuntimeApiServer(RuntimeExchange exchange, ExtensionExchange extensions, NetworkNamespace? network = null, int port = 0)
    {
        (_exchange, _extensions) = (exchange, extensions);
        _listener = network?.NewSocket() ?? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(ConnectionLimit);
        _ = AcceptAsync();
    }

    /// <summary>Host and port: the value of AWS_LAMBDA_RUNTIME_API.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    /// <summary>Whether anybody is connected and has not closed the other end.</summary>
    public bool HasPeer
    {
        get
        {
            lock (_open)
                return _open.Exists(static socket => !socket.Poll(0, SelectMode.SelectRead) || socket.Available > 0);
        }
    }

    /// <summary>The ports of the other ends of all connections.</summary>
    public IReadOnlyCollection<int> PeerPorts
    {
        get
        {
            lock (_open)
                return [.. _open.Select(static socket => ((IPEndPoint)socket.RemoteEndPoint!).Port)];
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _connections.WaitAsync(_stop.Token);
                var socket = await _listener.AcceptAsync(_stop.Token);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The environment ends.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        lock (_open)
            _open.Add(socket);
        using var connection = new RuntimeApiConnection(socket, _exchange, _extensions);
        try
        {
            await connection.RunAsync(_stop.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The runtime closed its connection, or the environment ends.
        }
        finally
        {
            lock (_open)
                _open.Remove(socket);
            _connections.Release();
        }
    }
}
