using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>
/// An address of its own that leads to the front door while it is open. Shut, it behaves as a network that drops packets:
/// connections that were open end, and one that is begun is neither accepted nor refused, until the door opens again or
/// whoever connects gives up. Born shut.
/// </summary>
/// <remarks>
/// Shut, nobody accepts, and a connection of our own fills the queue of those that wait for it: the kernel then drops whoever
/// knocks (listen(2), tcp(7) about tcp_abort_on_overflow). That takes no privilege.
/// </remarks>
public sealed class SideDoor : IDisposable
{
    private const int MostWaiting = 512;
    private const int TriesToFill = 100;
    private const int FilledWithinMicroseconds = 10_000;

    private readonly Lock _turn = new();
    private readonly HashSet<ConnectionContext> _connections = [];
    private readonly Socket _listener;
    private readonly Func<Socket, ConnectionContext> _enter;

    // One of them: the door is open, or shut, or gone.
    private CancellationTokenSource? _accepting;
    private Socket? _plug;
    private bool _gone;

    /// <param name="address">A loopback address; the port is chosen.</param>
    /// <param name="enter">Hands a connection to the front door.</param>
    internal SideDoor(IPAddress address, Func<SideDoor, Socket, ConnectionContext> enter)
    {
        this._enter = socket => enter(this, socket);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            _listener.Bind(new IPEndPoint(address, 0));
            Address = (IPEndPoint)_listener.LocalEndPoint!;
            Fill();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Whether it lets connections in.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_turn)
                return _accepting is not null;
        }
    }

    /// <summary>Whether no connection is open through it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_turn)
                return _connections.Count == 0;
        }
    }

    public void Open()
    {
        lock (_turn)
        {
            if (_accepting is not null || _gone)
                return;
            _plug?.Dispose();
            _plug = null;
            _listener.Listen(MostWaiting);
            _accepting = new CancellationTokenSource();
            _ = AcceptAllAsync(_accepting.Token);
        }
    }

    public void Shut()
    {
        List<ConnectionContext> cut;
        lock (_turn)
        {
            if (_accepting is null || _gone)
                return;
            StopAccepting();
            Fill();
            cut = [.. _connections];
        }
        Cut(cut);
    }

    public void Dispose()
    {
        List<ConnectionContext> cut;
        lock (_turn)
        {
            _gone = true;
            StopAccepting();
            _plug?.Dispose();
            cut = [.. _connections];
        }
        _listener.Dispose();
        Cut(cut);
    }

    // Outside of the turn: the end of a connection runs what waits for it, which takes the turn.
    private static void Cut(List<ConnectionContext> connections)
    {
        foreach (var connection in connections)
            connection.Abort(new ConnectionAbortedException("The path of this connection was cut."));
    }

    private void StopAccepting()
    {
        _accepting?.Cancel();
        _accepting?.Dispose();
        _accepting = null;
    }

    /// <summary>Leaves no place for anybody, and whoever is established and not yet accepted outside.</summary>
    private void Fill()
    {
        _listener.Listen(0);
        for (var tries = 0; tries < TriesToFill; tries++)
        {
            while (TryAccept() is { } waiting)
                waiting.Close(0);
            _plug = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                _plug.Connect(Address);
            }
            catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                if (_plug.Poll(FilledWithinMicroseconds, SelectMode.SelectWrite))
                    return;
                // Somebody else took the place meanwhile.
                _plug.Dispose();
                continue;
            }
            return;
        }
    }

    private Socket? TryAccept()
    {
        try
        {
            return _listener.Accept();
        }
        catch (SocketException)
        {
            return null; // nobody waits
        }
    }

    private async Task AcceptAllAsync(CancellationToken stop)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(stop);
            }
            catch (Exception ended)
                when (ended
                        is OperationCanceledException
                            or ObjectDisposedException
                            or SocketException { SocketErrorCode: SocketError.OperationAborted }
                )
            {
                return;
            }
            catch (SocketException)
            {
                continue; // whoever connected is gone already
            }
            socket.NoDelay = true;
            Enter(socket);
        }
    }

    private void Enter(Socket socket)
    {
        lock (_turn)
        {
            if (_accepting is not null)
            {
                var connection = _enter(socket);
                _connections.Add(connection);
                connection.ConnectionClosed.UnsafeRegister(_ => Forget(connection), null);
                return;
            }
            // It was accepted while the door was being shut; it may have been what fills the queue.
            socket.Close(0);
            if (_gone)
                return;
            _plug?.Dispose();
            Fill();
        }
    }

    private void Forget(ConnectionContext connection)
    {
        lock (_turn)
            _connections.Remove(connection);
    }
}
