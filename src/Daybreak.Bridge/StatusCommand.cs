using System.Net.Sockets;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge;

/// <summary><c>--status</c>: asks the bridge that listens on a socket, and prints its answer.</summary>
public static class StatusCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static async Task<bool> RunAsync(string path)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token);
            await using var stream = new NetworkStream(socket);
            var frame = new ByteBuffer();
            FrameWriter.Hello(frame, Protocol.Version, BridgeVersion.Name);
            if ((await ExchangeAsync(stream, frame, limit.Token)).Type != FrameType.Welcome)
                return await FailAsync("it does not answer as a bridge");
            frame.Clear();
            FrameWriter.Status(frame);
            var (type, body) = await ExchangeAsync(stream, frame, limit.Token);
            if (type != FrameType.StatusText)
                return await FailAsync("it does not report its status");
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(body);
            output.WriteByte((byte)'\n');
            return true;
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            return await FailAsync(failure is OperationCanceledException ? "it does not answer" : failure.Message);
        }

        async Task<bool> FailAsync(string reason)
        {
            await Console.Error.WriteLineAsync($"daybreak-bridge: no status from {path}: {reason}");
            return false;
        }
    }

    private static async Task<(FrameType Type, byte[] Body)> ExchangeAsync(Stream stream, ByteBuffer frame, CancellationToken cancel)
    {
        await stream.WriteAsync(frame.Written, cancel);
        var header = new byte[FrameHeader.Bytes];
        await stream.ReadExactlyAsync(header, cancel);
        if (FrameHeader.Measure(header, out var length) == FrameProgress.BadLength)
            throw new IOException("not a frame");
        var body = new byte[length - FrameHeader.Bytes];
        await stream.ReadExactlyAsync(body, cancel);
        return ((FrameType)header[4], body);
    }
}
