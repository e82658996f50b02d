using System.Net.Sockets;
using System.Text;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>One connection at a scripted endpoint.</summary>
/// <param name="Head">Request line and headers.</param>
/// <param name="Body">The body as it was sent.</param>
public sealed record EndpointRequest(string Head, byte[] Body)
{
    public string? Header(string name) =>
        Head.Split("\r\n")
            .Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault();

    public string RequestLine => Head.Split("\r\n")[0];

    public string Method => RequestLine.Split(' ')[0];

    public string Target => RequestLine.Split(' ')[1];
}

public sealed class EndpointPeer(ScriptedEndpoint endpoint, Socket socket, int number, CancellationToken stop) : IDisposable
{
    private readonly List<byte> _received = [];

    /// <summary>1 for the first connection that was made.</summary>
    public int Number => number;

    public CancellationToken Stop => stop;

    /// <summary>The next whole request; null when the bridge closed. Counts as an execution.</summary>
    public async Task<EndpointRequest?> ReadRequestAsync()
    {
        var chunk = new byte[64 * 1024];
        while (true)
        {
            if (TryTakeRequest() is { } request)
            {
                endpoint.Executed();
                return request;
            }
            var received = await socket.ReceiveAsync(chunk, stop);
            if (received == 0)
                return null;
            _received.AddRange(chunk.AsSpan(0, received));
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        for (ReadOnlyMemory<byte> left = bytes; !left.IsEmpty; )
            left = left[await socket.SendAsync(left, stop)..];
    }

    /// <summary>Waits until the bridge has closed its end.</summary>
    public async Task UntilClosedAsync()
    {
        try
        {
            var ignored = new byte[4096];
            while (await socket.ReceiveAsync(ignored, stop) > 0)
            {
                // Another part of the request.
            }
        }
        catch (SocketException)
        {
            // A reset is a close as well.
            return;
        }
    }

    /// <summary>Passes bytes both ways until either side ends: what a proxy does after CONNECT.</summary>
    public async Task RelayAsync(Stream onward)
    {
        await using var here = new NetworkStream(socket);
        await Task.WhenAny(here.CopyToAsync(onward, stop), onward.CopyToAsync(here, stop));
    }

    public Task NeverAsync() => Task.Delay(Timeout.Infinite, stop);

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        socket.LingerState = new(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private EndpointRequest? TryTakeRequest()
    {
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = Encoding.ASCII.GetString(bytes[..end]);
        var length = int.Parse(
            new EndpointRequest(head, []).Header("content-length") ?? "0",
            System.Globalization.CultureInfo.InvariantCulture
        );
        if (bytes.Length < end + 4 + length)
            return null;
        var body = bytes.Slice(end + 4, length).ToArray();
        _received.RemoveRange(0, end + 4 + length);
        return new(head, body);
    }
}
