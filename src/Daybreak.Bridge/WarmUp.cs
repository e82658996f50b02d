using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge;

/// <summary>
/// Sends a few requests through the whole path, against an endpoint of its own on the loopback interface, before the first
/// real one: otherwise that one would pay for compiling it.
/// </summary>
public static class WarmUp
{
    private const int Rounds = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>A machine on which it fails starts cold, and works.</summary>
    public static async Task RunAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        try
        {
            using var endpoint = Listen();
            using var backends = Listen();
            await using var log = new FailureLog(Stream.Null, TimeProvider.System);
            using var host = new BridgeHost(1, VariableOf(PortOf(endpoint)), log, TimeProvider.System);
            using var backend = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await backend.ConnectAsync(IPAddress.Loopback, PortOf(backends), limit.Token);
            var serving = host.Listener.ServeAsync(await backends.AcceptAsync(limit.Token));
            var answering = AnswerAsync(endpoint, limit.Token);
            await CallAsync(backend, limit.Token);
            backend.Dispose();
            await serving;
            await limit.CancelAsync();
            await answering;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or IOException)
        {
            return;
        }
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        return listener;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    // Not the real surroundings: neither their key nor their endpoint has a part in this.
    private static Func<string, string?> VariableOf(int port) => name => name switch
    {
        "AWS_ACCESS_KEY_ID" or "AWS_SECRET_ACCESS_KEY" => "warm-up",
        "AWS_REGION" => "us-east-1",
        "AWS_ENDPOINT_URL" => $"http://127.0.0.1:{port}",
        _ => null,
    };

    private static async Task CallAsync(Socket backend, CancellationToken cancel)
    {
        var frame = new FrameBuffer();
        FrameWriter.Hello(frame, Protocol.Version, "warm-up");
        await ExchangeAsync(backend, frame, cancel);
        for (uint round = 1; round <= Rounds; round++)
        {
            frame.Clear();
            var start = FrameWriter.Begin(frame, FrameType.Invoke);
            frame.WriteUInt32(round);
            FrameWriter.TextField(frame, (byte)InvokeTag.FunctionName, "warm-up");
            FrameWriter.TextField(frame, (byte)InvokeTag.Payload, "{}");
            FrameWriter.Field(frame, (byte)InvokeTag.Form, [(byte)InvokeForm.Text]);
            FrameWriter.NumberField(frame, (byte)InvokeTag.ConnectTimeoutMs, 1000);
            FrameWriter.NumberField(frame, (byte)InvokeTag.RequestTimeoutMs, 1000);
            FrameWriter.End(frame, start);
            await ExchangeAsync(backend, frame, cancel);
        }
    }

    private static async Task ExchangeAsync(Socket backend, FrameBuffer frame, CancellationToken cancel)
    {
        await backend.SendAsync(frame.Written, cancel);
        var reply = new byte[1024];
        var have = 0;
        while (FrameHeader.Measure(reply.AsSpan(0, have), out _) == FrameProgress.Incomplete)
        {
            var received = await backend.ReceiveAsync(reply.AsMemory(have), cancel);
            if (received == 0) throw new IOException("closed during the warm-up");
            have += received;
        }
    }

    private static async Task AnswerAsync(Socket endpoint, CancellationToken cancel)
    {
        var answer = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Amz-Executed-Version: $LATEST\r\nContent-Length: 4\r\n\r\nnull");
        var request = new byte[4096];
        try
        {
            using var connection = await endpoint.AcceptAsync(cancel);
            var have = 0;
            while (true)
            {
                var received = await connection.ReceiveAsync(request.AsMemory(have), cancel);
                if (received == 0) return;
                have += received;
                if (!request.AsSpan(0, have).EndsWith("\r\n\r\n{}"u8)) continue;
                await connection.SendAsync(answer, cancel);
                have = 0;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            return;
        }
    }
}
