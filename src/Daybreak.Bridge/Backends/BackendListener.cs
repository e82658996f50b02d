using System.Collections.Concurrent;
using System.Net.Sockets;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Explain;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;
using Daybreak.Bridge.Objects;
using Daybreak.Bridge.Telemetry;

namespace Daybreak.Bridge.Backends;

/// <summary>Accepts any number of backends. Rejects every user but the bridge's own and root.</summary>
public sealed class BackendListener(
    Invoker invoker,
    ObjectClient objects,
    ExplainAsync explain,
    BridgeStatus status,
    CallTelemetry? telemetry,
    FailureLog log,
    TimeProvider time
)
{
    private static readonly TimeSpan PauseWhenOutOfDescriptors = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<BackendConnection, bool> _connections = new();

    /// <summary>Runs until <paramref name="stop"/> is cancelled, and then closes open connections.</summary>
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
                // The client waits in the backlog. Without a pause the loop would spin until a descriptor is free.
                log.AcceptFailed(failure.SocketErrorCode.ToString());
                await Task.Delay(PauseWhenOutOfDescriptors, time, CancellationToken.None);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException)
            {
                // The client closed the connection before it was accepted.
                continue;
            }
        }
        foreach (var connection in _connections.Keys)
            connection.Abort();
    }

    /// <summary>Serves a connection whose peer has been checked, or is the bridge itself.</summary>
    public async Task ServeAsync(Socket socket)
    {
        var connection = new BackendConnection(socket, invoker, objects, explain, status, telemetry, log, time);
        _connections[connection] = true;
        status.BackendConnected();
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            status.BackendClosed();
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
            Reject(socket, Protocol.NotAllowed(user));
    }

    /// <summary>
    /// Sends the error, since a shim that only saw the connection close would assume that the bridge is starting, and try again.
    /// </summary>
    private void Reject(Socket socket, SqlError error)
    {
        log.ConnectionRefused(error);
        using var frame = new ByteBuffer();
        FrameWriter.Error(frame, 0, error);
        socket.Blocking = false;
        socket.Send(frame.WrittenSpan, SocketFlags.None, out _); // a peer that cannot take these bytes has closed the connection
    }
}
