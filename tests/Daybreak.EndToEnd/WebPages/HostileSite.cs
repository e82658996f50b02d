using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Daybreak.EndToEnd.WebPages;

/// <summary>
/// A web site whose name leads to the local AWS for everything but its own page, like a name that was rebound after the page was loaded.
/// It records the browser's requests to the local AWS, and the responses.
/// </summary>
internal sealed class HostileSite : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _cloud;

    public HostileSite(Uri cloud)
    {
        _cloud = cloud;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>HTML of <c>/page</c>; it asks for <c>/done?…</c> at its end.</summary>
    public string Page { get; set; } = "";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What the page said at its end.</summary>
    public Task<string> Done => _done.Task;

    public ConcurrentQueue<Exchange> Exchanges { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient browser)
    {
        using var _ = browser;
        try
        {
            var request = await ReadAsync(browser.GetStream());
            if (request.Length == 0)
                return;
            var head = request[..(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)];
            var target = head.Split(' ')[1];
            var answer = target switch
            {
                "/page" => Html(Page),
                "/favicon.ico" => Html(""),
                _ when target.StartsWith("/done?", StringComparison.Ordinal) => Html(""),
                _ => await AskCloudAsync(request),
            };
            if (target.StartsWith("/done?", StringComparison.Ordinal))
                _done.TrySetResult(Uri.UnescapeDataString(target["/done?".Length..]));
            else if (target is not ("/page" or "/favicon.ico"))
                Exchanges.Enqueue(new Exchange(head, request[(head.Length + 2)..], answer));
            await browser.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The browser has closed the connection.
        }
    }

    private async Task<string> AskCloudAsync(string request)
    {
        using var cloud = new TcpClient();
        await cloud.ConnectAsync(_cloud.Host, _cloud.Port, _stop.Token);
        await cloud.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), _stop.Token);
        return await ReadAsync(cloud.GetStream());
    }

    /// <summary>One message: its head, and as much of a body as that announces.</summary>
    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var message = "";
        var buffer = new byte[16 * 1024];
        while (!IsWhole(message))
        {
            var length = await stream.ReadAsync(buffer, _stop.Token);
            if (length == 0)
                return message;
            message += Encoding.Latin1.GetString(buffer, 0, length);
        }
        return message;
    }

    private static bool IsWhole(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = message[..end]
            .Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null
            || message.Length >= end + 4 + int.Parse(length["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Html(string text) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {text.Length}\r\n\r\n{text}";

    /// <param name="Head">Request line and headers.</param>
    /// <param name="Answer">The response of the local AWS.</param>
    internal sealed record Exchange(string Head, string Body, string Answer)
    {
        /// <summary>Method and target.</summary>
        public string Line => Head[..Head.IndexOf(" HTTP/", StringComparison.Ordinal)];

        public string Status => Answer.Split(' ')[1];
    }
}
