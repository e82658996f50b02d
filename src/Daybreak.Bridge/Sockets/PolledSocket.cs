using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Daybreak.Bridge.Sockets;

/// <summary>
/// A connected stream socket that never blocks. It has at most one receive and one send at a time; their continuations run on the polling
/// thread. Cancelling or disposing ends a pending one.
/// </summary>
public sealed class PolledSocket : IValueTaskSource<int>, IDisposable
{
    // Edge-triggered: each arrival causes one event, so a reader that has not emptied the socket must keep the state Ready itself.
    private const int Quiet = 0;
    private const int Ready = 1;
    private const int Waiting = 2;

    private readonly Socket _socket;
    private readonly Poller _poller = Poller.Next();
    private readonly int _key;

    private ManualResetValueTaskSourceCore<int> _received;
    private Memory<byte> _into;
    private CancellationToken _cancel;
    private CancellationTokenRegistration _registration;
    private TaskCompletionSource? _writable;
    private int _state = Quiet;
    private volatile bool _hungUp;
    private int _disposed;

    /// <param name="socket">This object owns it.</param>
    public PolledSocket(Socket socket)
    {
        socket.Blocking = false;
        _socket = socket;
        try
        {
            _key = _poller.Add(this, socket.SafeHandle);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects. A connection that the kernel has made before this thread noticed the cancellation is returned: on a machine with
    /// too much to do, a limit may run out while only the thread is late.</summary>
    /// <exception cref="SocketException">It could not be reached.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static async Task<PolledSocket> ConnectAsync(IPEndPoint to, CancellationToken cancel)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        try
        {
            Begin(socket, to);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        var connecting = new PolledSocket(socket);
        try
        {
            try
            {
                await connecting.WritableAsync(cancel);
            }
            catch (OperationCanceledException) when (socket.Poll(0, SelectMode.SelectWrite))
            {
                connecting._poller.WatchWriting(connecting._key, socket.SafeHandle, false);
            }
            var error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != SocketError.Success)
                throw new SocketException((int)error);
            return connecting;
        }
        catch
        {
            connecting.Dispose();
            throw;
        }
    }

    /// <summary>Returns 0 at the end of the stream. Completes at once when data is available.</summary>
    /// <exception cref="SocketException">The connection broke, or the socket was disposed.</exception>
    /// <exception cref="OperationCanceledException"/>
    public ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancel);
        while (true)
        {
            if (Volatile.Read(ref _state) == Ready && TryReceive(into.Span, out var received, out var error))
                return error == SocketError.Success ? new(received) : ValueTask.FromException<int>(new SocketException((int)error));
            if (TryWait(into, cancel))
                return new(this, _received.Version);
        }
    }

    /// <summary>Returns how many bytes the kernel accepted; 0 when it has no room.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        var sent = _socket.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw new SocketException((int)error),
        };
    }

    /// <summary>Sends all bytes, usually at once, since a socket nearly always has room.</summary>
    /// <exception cref="SocketException">The connection broke, or the socket was disposed.</exception>
    /// <exception cref="OperationCanceledException"/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        try
        {
            var sent = TrySend(bytes.Span);
            return sent == bytes.Length ? ValueTask.CompletedTask : SendRestAsync(bytes[sent..], cancel);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            return ValueTask.FromException(broken);
        }
    }

    /// <summary>Asks the kernel, without waiting, whether there is nothing to read and the peer has not closed.</summary>
    public bool IsQuiet()
    {
        Span<byte> one = stackalloc byte[1];
        _socket.Receive(one, SocketFlags.Peek, out var error);
        return error == SocketError.WouldBlock;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _poller.Remove(_key);
        _socket.Dispose();
        Interlocked.Exchange(ref _writable, null)?.TrySetException(new SocketException((int)SocketError.OperationAborted));
        Abort();
    }

    /// <summary>Only the polling thread calls this.</summary>
    internal void OnEvent(EpollEvents events)
    {
        if ((events & (EpollEvents.ReadHangUp | EpollEvents.HangUp | EpollEvents.Error)) != 0)
            _hungUp = true;
        if ((events & (EpollEvents.Out | EpollEvents.HangUp | EpollEvents.Error)) != 0)
            Interlocked.Exchange(ref _writable, null)?.TrySetResult();
        if ((events & ~EpollEvents.Out) == 0)
            return;
        while (true)
        {
            if (Interlocked.CompareExchange(ref _state, Ready, Quiet) != Waiting)
                return;
            if (Interlocked.CompareExchange(ref _state, Ready, Waiting) != Waiting)
                continue;
            Complete();
            return;
        }
    }

    // A non-blocking socket reports a connection in progress as an error.
    private static void Begin(Socket socket, IPEndPoint to)
    {
        try
        {
            socket.Connect(to);
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return;
        }
    }

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
        {
            await WritableAsync(cancel);
            bytes = bytes[TrySend(bytes.Span)..];
        }
    }

    private async Task WritableAsync(CancellationToken cancel)
    {
        // Continuations must not run on the polling thread: sending megabytes would delay all other calls.
        var writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _writable, writable);
        _poller.WatchWriting(_key, _socket.SafeHandle, true);
        if (Volatile.Read(ref _disposed) != 0)
            throw new SocketException((int)SocketError.OperationAborted);
        await writable.Task.WaitAsync(cancel);
        _poller.WatchWriting(_key, _socket.SafeHandle, false);
    }

    /// <summary>Returns false when nothing was available; the state then stays Quiet until the next event.</summary>
    private bool TryReceive(Span<byte> into, out int received, out SocketError error)
    {
        // Cleared first, so that an arrival during the attempt is not lost.
        Interlocked.Exchange(ref _state, Quiet);
        received = _socket.Receive(into, SocketFlags.None, out error);
        if (error == SocketError.WouldBlock)
            return false;
        // A receive that did not fill its buffer has emptied the socket (epoll(7)), unless a hang-up was reported.
        if (received == into.Length || _hungUp)
            Volatile.Write(ref _state, Ready);
        return true;
    }

    /// <summary>Returns false when something arrived in the meantime.</summary>
    private bool TryWait(Memory<byte> into, CancellationToken cancel)
    {
        _received.Reset();
        (_into, _cancel) = (into, cancel);
        _registration = cancel.UnsafeRegister(static state => ((PolledSocket)state!).Cancel(), this);
        if (Interlocked.CompareExchange(ref _state, Waiting, Quiet) != Quiet)
        {
            _registration.Dispose();
            return false;
        }
        EndIfOver(cancel);
        return true;
    }

    // When the receive ended before a waiter was registered, nobody was notified.
    private void EndIfOver(CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
            Cancel();
        if (Volatile.Read(ref _disposed) != 0)
            Abort();
    }

    /// <summary>Runs on the polling thread, which has claimed the waiting receive.</summary>
    private void Complete()
    {
        SocketError error;
        int received;
        try
        {
            if (!TryReceive(_into.Span, out received, out error))
            {
                var cancel = _cancel;
                if (Interlocked.CompareExchange(ref _state, Waiting, Quiet) == Quiet)
                    EndIfOver(cancel);
                return;
            }
        }
        catch (ObjectDisposedException)
        {
            (received, error) = (0, SocketError.OperationAborted);
        }
        // Waits for a running cancellation callback, which must not affect the next receive.
        _registration.Dispose();
        if (error == SocketError.Success)
            _received.SetResult(received);
        else
            _received.SetException(new SocketException((int)error));
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Quiet, Waiting) == Waiting)
            _received.SetException(new OperationCanceledException(_cancel));
    }

    private void Abort()
    {
        if (Interlocked.CompareExchange(ref _state, Quiet, Waiting) != Waiting)
            return;
        _registration.Dispose();
        _received.SetException(new SocketException((int)SocketError.OperationAborted));
    }

    int IValueTaskSource<int>.GetResult(short token) => _received.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _received.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _received.OnCompleted(continuation, state, token, flags);
}
