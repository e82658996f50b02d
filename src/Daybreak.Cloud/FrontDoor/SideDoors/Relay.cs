using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>Passes the bytes of a connection that came in at a side door on to a server, and those of the server back.</summary>
internal static class Relay
{
    private const int BufferBytes = 32 * 1024;

    public static DoorConnection Start(Socket client, IPEndPoint address)
    {
        var server = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var closed = new CancellationTokenSource();
        _ = RunAsync(client, server, address, closed);
        return new DoorConnection(
            () =>
            {
                client.Close(0);
                server.Close(0);
            },
            closed.Token
        );
    }

    private static async Task RunAsync(Socket client, Socket server, IPEndPoint address, CancellationTokenSource closed)
    {
        await Task.Yield(); // the door holds its lock
        try
        {
            await server.ConnectAsync(address);
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The server does not accept it, or the door was shut.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
            await closed.CancelAsync();
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                for (ReadOnlyMemory<byte> rest = buffer.AsMemory(0, length); rest.Length > 0; )
                    rest = rest[await to.SendAsync(rest)..];
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other direction waits on the same two sockets.
            from.Dispose();
            to.Dispose();
        }
    }
}
