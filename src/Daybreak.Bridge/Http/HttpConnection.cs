using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Sockets;

namespace Daybreak.Bridge.Http;

/// <summary>
/// One HTTP/1.1 connection, used by one request at a time: the caller writes head and body into <see cref="Request"/> or passes a large
/// body separately, then reads the reply in place.
/// </summary>
public sealed class HttpConnection : IDisposable
{
    private readonly PolledSocket _socket;
    private readonly SslStream? _tls;

    /// <param name="socket">Connected; this object owns it.</param>
    /// <param name="tls">Authenticated, over the socket; null for plain HTTP.</param>
    /// <param name="proxy">What requests through a plain HTTP proxy must contain; null without one.</param>
    public HttpConnection(PolledSocket socket, SslStream? tls, ProxyHop? proxy = null)
    {
        (_socket, _tls, Proxy) = (socket, tls, proxy);
        Reply = new ReplyReader(this);
    }

    public ProxyHop? Proxy { get; }
    public ByteBuffer Request { get; } = new();
    public ReplyReader Reply { get; }

    /// <summary>When the connection was last returned, as a timestamp of the pool's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>True once a byte of the current request may have been sent.</summary>
    public bool Sent { get; private set; }

    /// <summary>
    /// Asks the kernel, without waiting. If anything can be read from an idle connection, the peer has closed it or the connection is out
    /// of step.
    /// </summary>
    public bool IsQuiet() => _socket.IsQuiet();

    /// <summary>Sends <see cref="Request"/> and then <paramref name="body"/>, and reads the reply.</summary>
    /// <exception cref="HttpFailureException">NotSent, Broken or TooLarge; the connection is then unusable.</exception>
    /// <exception cref="OperationCanceledException">The connection is then unusable, too.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    [SuppressMessage("Design", "CA1031", Justification = "Sorted by what it means, not by type")]
    public async ValueTask ExchangeAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        Sent = false;
        try
        {
            await SendAsync(Request.Written, cancel);
            if (!body.IsEmpty)
                await SendAsync(body, cancel);
            await Reply.ReadAsync(cancel);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
        {
            throw Sent
                ? new HttpFailureException(HttpFailure.Broken, "The connection broke before the whole reply was there", failure)
                : new HttpFailureException(HttpFailure.NotSent, "The connection was closed", failure);
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken cancel) =>
        _tls is null ? _socket.ReceiveAsync(into, cancel) : _tls.ReadAsync(into, cancel);

    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
        Reply.Clear();
        Request.Dispose();
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (_tls is not null)
        {
            Sent = true;
            return _tls.WriteAsync(bytes, cancel);
        }
        var sent = _socket.TrySend(bytes.Span);
        if (sent > 0)
            Sent = true;
        return sent == bytes.Length ? ValueTask.CompletedTask : SendRestAsync(bytes[sent..], cancel);
    }

    private ValueTask SendRestAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        Sent = true;
        return _socket.SendAsync(bytes, cancel);
    }
}
