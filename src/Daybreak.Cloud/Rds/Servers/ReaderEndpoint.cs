using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// The reader endpoint of a cluster: connections go to its readers in turn, to the writer while there is no reader. It follows
/// changes with the next connection; what is open ends with the server it goes to.
/// </summary>
internal sealed class ReaderEndpoint : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Socket listener;
    private readonly Func<IReadOnlyList<IPEndPoint>> targets;
    private readonly CancellationTokenSource ended = new();
    private uint next;

    private ReaderEndpoint(Socket listener, Func<IReadOnlyList<IPEndPoint>> targets) => (this.listener, this.targets) = (listener, targets);

    /// <param name="targets">Where a connection may go now; empty: nowhere.</param>
    /// <exception cref="SocketException">Somebody listens there.</exception>
    public static ReaderEndpoint Listen(IPEndPoint address, Func<IReadOnlyList<IPEndPoint>> targets)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen();
        }
        catch
        {
            listener.Dispose();
            throw;
        }
        var endpoint = new ReaderEndpoint(listener, targets);
        _ = endpoint.AcceptAllAsync();
        return endpoint;
    }

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(ended.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                continue; // that client is gone already
            }
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                client.NoDelay = server.NoDelay = true;
                var choices = targets();
                if (choices.Count == 0)
                    return;
                await server.ConnectAsync(choices[(int)(Interlocked.Increment(ref next) % (uint)choices.Count)], ended.Token);
                await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone: disposal ends the other.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            while (true)
            {
                // Waits without a buffer: a connection that rests costs no memory.
                await from.ReceiveAsync(Memory<byte>.Empty, ended.Token);
                var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
                try
                {
                    var length = await from.ReceiveAsync(buffer, ended.Token);
                    if (length == 0)
                        break;
                    for (var sent = 0; sent < length;)
                        sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), ended.Token);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // The other direction waits on the same two sockets.
            from.Dispose();
            to.Dispose();
            throw;
        }
    }
}
