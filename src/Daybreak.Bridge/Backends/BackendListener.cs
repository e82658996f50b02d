using System.Collections.Concurrent;
using System.Net.Sockets;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Explain;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Backends;

/// <summary>Accepts backends, as many as come, and turns away whoever is neither the bridge's own user nor root.</summary>
public sealed class BackendListener(Invoker invoker, ExplainAsync explain, BridgeStatus status, FailureLog log, TimeProvider time)
{
    private static readonly TimeSpan PauseWhenOutOfDescriptors = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<BackendConnection, bool> _connections = new();

    /// <summary>Returns when <paramref name="stop"/> is cancelled; open connections are cut.</summary>
    public async Task RunAsync(Socket listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Admit(await listener.AcceptAsync(stop));
            }
            catch (SocketException failure)
                when (failure.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                // The client waits in the backlog; without a pause the loop would spin until a descriptor comes free.
                log.AcceptFailed(failure.SocketErrorCode.ToString());
                await Task.Delay(PauseWhenOutOfDescriptors, time, CancellationToken.None);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted.
                continue;
            }
        }
        foreach (var connection in _connections.Keys)
            connection.Abort();
    }

    /// <summary>Serves a connection whose peer has been checked, or is the bridge itself.</summary>
    public async Task ServeAsync(Socket socket)
    {
        var connection = new BackendConnection(socket, invoker, explain, status, log, time);
        _connections[connection] = true;
        status.BackendConnected();
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            status.BackendGone();
            _connections.TryRemove(connection, out _);
        }
    }

    private void Admit(Socket socket)
    {
        if (PeerCredentials.MayConnect(socket, out var user))
        {
            _ = ServeAsync(socket);
            return;
        }
        using (socket)
            TurnAway(socket, Protocol.NotAllowed(user));
    }

    /// <summary>Told, so that a shim does not take the end of the connection for a bridge that is just starting, and try again.</summary>
    private void TurnAway(Socket socket, SqlError error)
    {
        log.ConnectionRefused(error);
        using var told = new ByteBuffer();
        FrameWriter.Error(told, 0, error);
        socket.Blocking = false;
        socket.Send(told.WrittenSpan, SocketFlags.None, out _); // a peer that cannot take these bytes has gone
    }
}
