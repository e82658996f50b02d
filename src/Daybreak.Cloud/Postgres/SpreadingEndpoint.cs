using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// An address whose connections go to several servers in rotation. A change applies from the next connection on; open connections end with
/// their server. A connection takes two blocking threads: woken by the kernel itself, they cost half as much as the thread pool.
/// </summary>
internal sealed class SpreadingEndpoint : IDisposable
{
    private const int BufferBytes = 32 * 1024;
    private const int StackBytes = 128 * 1024;

    private readonly Socket _listener;
    private volatile IReadOnlyList<IPEndPoint> _targets = [];
    private uint _next;

    private SpreadingEndpoint(Socket listener) => this._listener = listener;

    /// <summary>The current targets of connections; when empty, connections are refused.</summary>
    public IReadOnlyList<IPEndPoint> Targets
    {
        set => _targets = value;
    }

    /// <exception cref="SocketException">The address is in use.</exception>
    public static SpreadingEndpoint Listen(IPEndPoint address)
    {
        var listener = NewSocket();
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
        var endpoint = new SpreadingEndpoint(listener);
        Run("accept", endpoint.AcceptAll);
        return endpoint;
    }

    /// <summary>Accepts no more connections; open ones continue.</summary>
    public void Dispose() => _listener.Dispose();

    private void AcceptAll()
    {
        while (true)
        {
            try
            {
                var client = _listener.Accept();
                Run("forward", () => Serve(client));
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionAborted)
            {
                // That client has already disconnected.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Serve(Socket client)
    {
        using (client)
        {
            if (Connect() is not { } server)
                return;
            using (server)
            {
                client.NoDelay = server.NoDelay = true;
                var back = Run("forward", () => Pump(server, client));
                Pump(client, server);
                back.Join();
            }
        }
    }

    /// <summary>Returns a connection to the next server that accepts it; null when none does.</summary>
    private Socket? Connect()
    {
        var choices = _targets;
        var first = Interlocked.Increment(ref _next);
        for (var tried = 0; tried < choices.Count; tried++)
        {
            var server = NewSocket();
            try
            {
                server.Connect(choices[(int)((first + tried) % choices.Count)]);
                return server;
            }
            catch (SocketException)
            {
                server.Dispose();
            }
        }
        return null;
    }

    private static void Pump(Socket from, Socket to)
    {
        Span<byte> buffer = stackalloc byte[BufferBytes];
        try
        {
            while (from.Receive(buffer) is > 0 and var length)
            {
                for (var rest = buffer[..length]; rest.Length > 0; )
                    rest = rest[to.Send(rest)..];
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

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static Thread Run(string name, Action work)
    {
        var thread = new Thread(() => work(), StackBytes) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }
}
