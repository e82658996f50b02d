using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge;

/// <summary>
/// Sends a few requests through the whole path, to its own endpoint on the loopback interface, before the first real one, which would
/// otherwise have to wait for compilation.
/// </summary>
public static class WarmUp
{
    private const int Rounds = 3;
    private const int LimitMs = 2_000;

    /// <summary>
    /// Both ends of the path are plain blocking sockets, because only code that serves real requests needs compiling. If the warm-up fails,
    /// the bridge starts cold and works.
    /// </summary>
    public static void Run()
    {
        try
        {
            using var endpoint = Listen();
            using var backends = Listen();
            using var host = new BridgeHost(
                1,
                VariableOf(PortOf(endpoint)),
                new FailureLog(Stream.Null, TimeProvider.System),
                TimeProvider.System
            );
            using var backend = Blocking();
            backend.Connect(IPAddress.Loopback, PortOf(backends));
            var serving = host.Listener.ServeAsync(backends.Accept());
            var answering = new Thread(() => Answer(endpoint)) { IsBackground = true, Name = "warm-up" };
            answering.Start();
            Call(backend);
            backend.Dispose();
            serving.Wait(LimitMs);
            endpoint.Dispose();
        }
        catch (Exception failure) when (failure is SocketException or IOException or AggregateException)
        {
            return;
        }
    }

    private static Socket Blocking() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = LimitMs,
            SendTimeout = LimitMs,
        };

    private static Socket Listen()
    {
        var listener = Blocking();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        return listener;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    // Replaces the real environment, whose key and endpoint must not be used here.
    private static Func<string, string?> VariableOf(int port) =>
        name =>
            name switch
            {
                "AWS_ACCESS_KEY_ID" or "AWS_SECRET_ACCESS_KEY" => "warm-up",
                "AWS_REGION" => "us-east-1",
                "AWS_ENDPOINT_URL" => $"http://127.0.0.1:{port}",
                _ => null,
            };

    private static void Call(Socket backend)
    {
        var frame = new ByteBuffer();
        FrameWriter.Hello(frame, Protocol.Version, "warm-up");
        Exchange(backend, frame);
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
            Exchange(backend, frame);
        }
    }

    private static void Exchange(Socket backend, ByteBuffer frame)
    {
        backend.Send(frame.WrittenSpan);
        var reply = new byte[1024];
        var have = 0;
        while (FrameHeader.Measure(reply.AsSpan(0, have), out _) == FrameProgress.Incomplete)
        {
            var received = backend.Receive(reply.AsSpan(have));
            if (received == 0)
                throw new IOException("closed during the warm-up");
            have += received;
        }
    }

    private static void Answer(Socket endpoint)
    {
        var answer = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Amz-Executed-Version: $LATEST\r\nContent-Length: 4\r\n\r\nnull"
        );
        var request = new byte[4096];
        try
        {
            using var connection = endpoint.Accept();
            var have = 0;
            while (true)
            {
                var received = connection.Receive(request.AsSpan(have));
                if (received == 0)
                    return;
                have += received;
                if (!request.AsSpan(0, have).EndsWith("\r\n\r\n{}"u8))
                    continue;
                connection.Send(answer);
                have = 0;
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return;
        }
    }
}
