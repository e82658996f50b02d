using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>
/// A separate address of the front door that can be opened and closed. A closed door behaves like a network that drops packets: open
/// connections end, and a new one is neither accepted nor refused until the door opens or the client gives up. A new door is closed.
/// </summary>
/// <remarks>While the door is closed, nobody accepts connections, and a connection of our own fills the queue of those that wait to be
/// accepted. The kernel then drops further attempts (listen(2), tcp(7) about tcp_abort_on_overflow). This needs no privilege.</remarks>
public sealed class SideDoor : IDisposable
{
    private const int MostWaiting = 512;
    private const int TriesToFill = 100;
    private const int FilledWithinMicroseconds = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<DoorConnection> _connections = [];
    private readonly Socket _listener;
    private readonly Func<Socket, DoorConnection> _enter;
    private readonly Func<Socket> _newSocket;

    // At most one of these is set: the door is open, closed, or disposed.
    private CancellationTokenSource? _accepting;
    private Socket? _plug;
    private bool _gone;

    /// <param name="address">A loopback address; port 0: one is chosen.</param>
    /// <param name="enter">Passes a connection on.</param>
    /// <param name="newSocket">Makes a TCP socket in the network that the door is in; null: this machine's.</param>
    internal SideDoor(IPEndPoint address, Func<SideDoor, Socket, DoorConnection> enter, Func<Socket>? newSocket = null)
    {
        this._enter = socket => enter(this, socket);
        _newSocket = newSocket ?? (() => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        _listener = NewSocket();
        try
        {
            _listener.Bind(address);
            Address = (IPEndPoint)_listener.LocalEndPoint!;
            Fill();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
    }

    /// <summary>The address that it listens on.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Whether it accepts connections.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _accepting is not null;
        }
    }

    /// <summary>Whether it has no open connection.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _connections.Count == 0;
        }
    }

    public void Open()
    {
        lock (_lock)
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

    /// <summary>Ends the open connections; new ones are accepted as before.</summary>
    public void CutConnections()
    {
        List<DoorConnection> cut;
        lock (_lock)
            cut = [.. _connections];
        Cut(cut);
    }

    public void Shut()
    {
        List<DoorConnection> cut;
        lock (_lock)
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
        List<DoorConnection> cut;
        lock (_lock)
        {
            _gone = true;
            StopAccepting();
            _plug?.Dispose();
            cut = [.. _connections];
        }
        _listener.Dispose();
        Cut(cut);
    }

    // Called outside of the lock: continuations that run at the end of a connection take the lock.
    private static void Cut(List<DoorConnection> connections)
    {
        foreach (var connection in connections)
            connection.Cut();
    }

    private void StopAccepting()
    {
        _accepting?.Cancel();
        _accepting?.Dispose();
        _accepting = null;
    }

    /// <summary>Fills the queue, and closes connections that are established but not yet accepted.</summary>
    private void Fill()
    {
        _listener.Listen(0);
        for (var tries = 0; tries < TriesToFill; tries++)
        {
            while (TryAccept() is { } waiting)
                waiting.Close(0);
            _plug = NewSocket();
            try
            {
                _plug.Connect(Address);
            }
            catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                if (_plug.Poll(FilledWithinMicroseconds, SelectMode.SelectWrite))
                    return;
                // Another connection took the place in the meantime.
                _plug.Dispose();
                continue;
            }
            return;
        }
    }

    private Socket NewSocket()
    {
        var socket = _newSocket();
        socket.Blocking = false;
        return socket;
    }

    private Socket? TryAccept()
    {
        try
        {
            return _listener.Accept();
        }
        catch (SocketException)
        {
            return null; // no connection is waiting
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
                continue; // the client has already disconnected
            }
            socket.NoDelay = true;
            Enter(socket);
        }
    }

    private void Enter(Socket socket)
    {
        lock (_lock)
        {
            if (_accepting is not null)
            {
                var connection = _enter(socket);
                _connections.Add(connection);
                connection.Closed.UnsafeRegister(_ => Forget(connection), null);
                return;
            }
            // It was accepted while the door was being closed; it may have been the one that fills the queue.
            socket.Close(0);
            if (_gone)
                return;
            _plug?.Dispose();
            Fill();
        }
    }

    private void Forget(DoorConnection connection)
    {
        lock (_lock)
            _connections.Remove(connection);
    }
}
