using System.Net.Sockets;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>A backend: one connection to a bridge's socket.</summary>
public sealed class BackendClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private NetworkStream? _stream;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NetworkStream Stream => _stream ??= new(_socket);

    /// <summary>Connected and not yet greeted.</summary>
    public static async Task<BackendClient> OpenAsync(string path)
    {
        var client = new BackendClient();
        await client._socket.ConnectAsync(new UnixDomainSocketEndPoint(path), Cancel);
        return client;
    }

    public static async Task<BackendClient> ConnectAsync(string path)
    {
        var client = await OpenAsync(path);
        var hello = new ByteBuffer();
        FrameWriter.Hello(hello, Protocol.Version, "tests");
        await client.SendAsync(hello.Written.ToArray());
        Assert.Equal(FrameType.Welcome, (await client.ReadAsync()).Type);
        return client;
    }

    public Task SendAsync(byte[] bytes) => Stream.WriteAsync(bytes, Cancel).AsTask();

    public async Task<Answer> ReadAsync()
    {
        var header = new byte[FrameHeader.Bytes];
        await Stream.ReadExactlyAsync(header, Cancel);
        Assert.NotEqual(FrameProgress.BadLength, FrameHeader.Measure(header, out var length));
        var body = new byte[length - FrameHeader.Bytes];
        await Stream.ReadExactlyAsync(body, Cancel);
        return new((FrameType)header[4], body);
    }

    public async Task<Answer> InvokeAsync(Call call)
    {
        await SendAsync(call.ToFrame());
        var answer = await ReadAsync();
        Assert.Equal(call.RequestId, answer.RequestId);
        return answer;
    }

    /// <summary>True when the bridge closed and said nothing more.</summary>
    public async Task<bool> IsClosedAsync()
    {
        try
        {
            return await Stream.ReadAsync(new byte[1], Cancel) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }
}
