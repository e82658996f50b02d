using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>
/// An address of its own that leads to the front door while it is open. Shut, it behaves as a network that drops packets:
/// connections that were open end, and one that is begun is neither accepted nor refused, until the door opens again or
/// whoever connects gives up. Born shut.
/// </summary>
public sealed class SideDoor : IDisposable
{
    private readonly Lock turn = new();
    private readonly HashSet<ConnectionContext> connections = [];
    private readonly Socket listener;
    private readonly Func<Socket, ConnectionContext> enter;
    private bool open;
    private bool gone;

    /// <param name="address">A loopback address; the port is chosen.</param>
    /// <param name="enter">Hands a connection to the front door.</param>
    internal SideDoor(IPAddress address, Func<SideDoor, Socket, ConnectionContext> enter)
    {
        this.enter = socket => enter(this, socket);
        listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, 0));
            PacketFilter.DropAll(listener);
            listener.Listen();
        }
        catch
        {
            listener.Dispose();
            throw;
        }
        Address = (IPEndPoint)listener.LocalEndPoint!;
        _ = AcceptAllAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Whether no connection is open through it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (turn)
                return connections.Count == 0;
        }
    }

    public void Open()
    {
        lock (turn)
        {
            if (open || gone)
                return;
            open = true;
            PacketFilter.PassAll(listener);
        }
    }

    public void Shut()
    {
        List<ConnectionContext> cut;
        lock (turn)
        {
            if (!open || gone)
                return;
            open = false;
            PacketFilter.DropAll(listener);
            cut = [.. connections];
        }
        Cut(cut);
    }

    public void Dispose()
    {
        List<ConnectionContext> cut;
        lock (turn)
        {
            gone = true;
            cut = [.. connections];
        }
        listener.Dispose();
        Cut(cut);
    }

    // Outside of the turn: the end of a connection runs what waits for it, which takes the turn.
    private static void Cut(List<ConnectionContext> connections)
    {
        foreach (var connection in connections)
            connection.Abort(new ConnectionAbortedException("The path of this connection was cut."));
    }

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync();
            }
            catch (Exception ended) when (ended is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
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
        lock (turn)
        {
            if (open && !gone)
            {
                var connection = enter(socket);
                connections.Add(connection);
                connection.ConnectionClosed.UnsafeRegister(_ => Forget(connection), null);
                return;
            }
        }
        // It was established just before the door was shut.
        socket.Close(0);
    }

    private void Forget(ConnectionContext connection)
    {
        lock (turn)
            connections.Remove(connection);
    }
}
