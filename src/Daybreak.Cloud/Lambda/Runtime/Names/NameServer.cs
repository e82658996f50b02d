using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>
/// The name server of functions on a loopback address. It answers that AWS's names do not exist and forwards all other queries to this
/// machine's name servers. A program that does not use AWS_ENDPOINT_URL thus fails at once instead of calling the real AWS.
/// </summary>
internal sealed class NameServer : IAsyncDisposable
{
    public const int Port = 53;

    private const int MaxMessage = 65535,
        MaxPending = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3); // for each name server; resolvers wait five seconds

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _pending = new(MaxPending);
    private readonly Action<uint, string> _refused;
    private readonly Func<IPEndPoint[]> _above;
    private readonly Socket _datagrams;
    private readonly Socket _listener;
    private readonly Task _serving;

    private NameServer(Socket datagrams, Socket listener, Action<uint, string> refused, Func<IPEndPoint[]> above)
    {
        (_datagrams, _listener, _refused, _above) = (datagrams, listener, refused, above);
        _serving = Task.WhenAll(ReceiveAsync(), AcceptAsync());
    }

    public IPEndPoint EndPoint => (IPEndPoint)_datagrams.LocalEndPoint!;

    /// <param name="refused">Called with the operating-system user and the name of AWS's that it asked for.</param>
    /// <param name="above">Returns the name servers for all other names.</param>
    /// <returns>Null when the port is in use or needs rights that this process does not have.</returns>
    public static NameServer? Start(IPEndPoint address, Action<uint, string> refused, Func<IPEndPoint[]> above)
    {
        var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            datagrams.Bind(address);
            listener.Bind(datagrams.LocalEndPoint!);
            listener.Listen();
            return new NameServer(datagrams, listener, refused, above);
        }
        catch (SocketException)
        {
            datagrams.Dispose();
            listener.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _datagrams.Dispose();
        _listener.Dispose();
        await _serving;
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[MaxMessage];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _datagrams.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                _ = ServeAsync(buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client has disconnected, or this server ends.
            }
        }
    }

    private async Task ServeAsync(byte[] query, IPEndPoint caller)
    {
        if (!_pending.Wait(0))
            return; // the resolver asks again
        try
        {
            if (await AnswerAsync(query, caller, "udp", ForwardAsync) is { } answer)
                await _datagrams.SendToAsync(answer, caller, _stop.Token);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client no longer waits.
        }
        finally
        {
            _pending.Release();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptAsync(_stop.Token));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client has disconnected, or this server ends.
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using var stream = new NetworkStream(connection, ownsSocket: true);
        if (!_pending.Wait(0))
            return;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(Patience * 3);
            var query = await ReadAsync(stream, patience.Token);
            if (await AnswerAsync(query, (IPEndPoint)connection.RemoteEndPoint!, "tcp", ForwardByStreamAsync) is { } answer)
                await stream.WriteAsync(Framed(answer), patience.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has disconnected.
        }
        finally
        {
            _pending.Release();
        }
    }

    private async Task<byte[]?> AnswerAsync(
        byte[] query,
        IPEndPoint caller,
        string protocol,
        Func<byte[], IPEndPoint, CancellationToken, Task<byte[]>> forward
    )
    {
        if (DnsMessage.NameIn(query) is not { } name)
            return null;
        if (AwsNames.Include(name))
        {
            if (SocketOwner.Find(protocol, caller.Port) is { } user)
                _refused(user, name);
            return DnsMessage.Answer(query, DnsMessage.NoSuchName);
        }

        foreach (var server in _above())
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(Patience);
            try
            {
                return await forward(query, server, patience.Token);
            }
            catch (Exception error)
                when (error is SocketException or IOException || (error is OperationCanceledException && !_stop.IsCancellationRequested))
            {
                // The next name server may answer.
            }
        }

        return DnsMessage.Answer(query, DnsMessage.ServerFailure);
    }

    private static async Task<byte[]> ForwardAsync(byte[] query, IPEndPoint server, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation); // the kernel then accepts answers from this server only
        await socket.SendAsync(query, cancellation);
        var answer = new byte[MaxMessage];
        while (true)
        {
            var length = await socket.ReceiveAsync(answer, cancellation);
            if (length >= 2 && answer[0] == query[0] && answer[1] == query[1])
                return answer[..length];
        }
    }

    private static async Task<byte[]> ForwardByStreamAsync(byte[] query, IPEndPoint server, CancellationToken cancellation)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellation);
        await client.GetStream().WriteAsync(Framed(query), cancellation);
        return await ReadAsync(client.GetStream(), cancellation);
    }

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[2 + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return framed;
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, cancellation);
        return message;
    }
}
