using System.Buffers.Binary;
using System.Net.Sockets;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>
/// Greets the bridge of a server like a backend (docs/frames.md). A stopped bridge accepts connections, but does not answer.
/// </summary>
internal static class BridgeProbe
{
    private const byte Welcome = (byte)'W';
    private const int HeaderLength = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<bool> AnswersAsync(string socketPath)
    {
        using var ended = new CancellationTokenSource(Patience);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), ended.Token);
            await socket.SendAsync(Hello(), ended.Token);
            await using var stream = new NetworkStream(socket);
            var header = new byte[HeaderLength];
            await stream.ReadExactlyAsync(header, ended.Token);
            return header[^1] == Welcome;
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private static byte[] Hello()
    {
        ReadOnlySpan<byte> body = [0, 2, .. "explain"u8]; // the version and the client's name
        var frame = new byte[HeaderLength + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, 1 + body.Length);
        frame[HeaderLength - 1] = (byte)'H';
        body.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }
}
