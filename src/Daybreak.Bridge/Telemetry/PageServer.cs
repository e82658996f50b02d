using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Sockets;

namespace Daybreak.Bridge.Telemetry;

/// <summary>
/// Serves one page by HTTP/1.1, a request a connection, to this machine only. On a port it answers no name but that of the loopback
/// interface: a web page whose own name was made to lead here (DNS rebinding) gets nothing.
/// </summary>
public sealed class PageServer : IAsyncDisposable
{
    private const int MostHead = 8 * 1024;
    private const int MostClients = 8;
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBeforeRetry = TimeSpan.FromSeconds(1);
    private readonly PageAddress _address;
    private readonly Func<byte[]> _page;
    private readonly FailureLog _log;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _clients = new(MostClients);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public PageServer(PageAddress address, Func<byte[]> page, FailureLog log, TimeProvider time)
    {
        (_address, _page, _log, _time) = (address, page, log, time);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>A port may be taken for a while, as by the bridge before this one: it is tried again.</summary>
    private async Task RunAsync()
    {
        var told = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ServeAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                if (!told)
                    _log.Failed($"cannot show metrics at {_address}, and try again every second: {failure.Message}");
                told = true;
                await Task.Delay(PauseBeforeRetry, _time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync()
    {
        using var file = _address.Socket is { } path ? SocketFile.Listen(path) : null;
        using var port = file is null ? ListenOnPort() : null;
        _log.Noted($"metrics at {_address}");
        while (true)
        {
            await _clients.WaitAsync(_stop.Token);
            _ = AnswerAsync(await AcceptAsync(file?.Listener ?? port!));
        }
    }

    private async Task<Socket> AcceptAsync(Socket listener)
    {
        try
        {
            return await listener.AcceptAsync(_stop.Token);
        }
        catch
        {
            _clients.Release();
            throw;
        }
    }

    private Socket ListenOnPort()
    {
        var listener = new Socket(_address.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(_address.Address, _address.Port));
            listener.Listen(MostClients);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(LongestRequest);
        try
        {
            using (client)
            {
                if (await ReadHeadAsync(client, limit.Token) is not { } head)
                    return;
                var (status, type, body) = Answer(head);
                await SendAsync(client, Head(status, type, body.Length), limit.Token);
                if (!head.StartsWith("HEAD ", StringComparison.Ordinal))
                    await SendAsync(client, body, limit.Token);
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return;
        }
        finally
        {
            _clients.Release();
        }
    }

    private (string Status, string Type, byte[] Body) Answer(string head)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return Refusal("400 Bad Request");
        if (!IsForUs(lines))
            return Refusal("421 Misdirected Request");
        if (words[0] is not ("GET" or "HEAD"))
            return Refusal("405 Method Not Allowed");
        return words[1].Split('?')[0] == "/metrics"
            ? ("200 OK", "text/plain; version=0.0.4; charset=utf-8", _page())
            : Refusal("404 Not Found");
    }

    private static (string, string, byte[]) Refusal(string status) => (status, "text/plain", Encoding.ASCII.GetBytes(status + "\n"));

    private bool IsForUs(string[] lines)
    {
        if (_address.Socket is not null)
            return true;
        var hosts = lines
            .Where(line => line.StartsWith("host:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[5..].Trim())
            .ToArray();
        if (hosts is not [var host])
            return false;
        var name = IPEndPoint.TryParse(host, out var address) ? address.Address.ToString() : host.Split(':')[0];
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name, out var ip) && IPAddress.IsLoopback(ip);
    }

    private static byte[] Head(string status, string type, int length) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n"
                    + $"X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
            )
        );

    private static async Task<string?> ReadHeadAsync(Socket client, CancellationToken cancel)
    {
        var head = new byte[MostHead];
        for (var have = 0; have < head.Length; )
        {
            var received = await client.ReceiveAsync(head.AsMemory(have), cancel);
            if (received == 0)
                return null;
            have += received;
            if (head.AsSpan(0, have).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
                return Encoding.ASCII.GetString(head, 0, end);
        }
        return null;
    }

    private static async Task SendAsync(Socket client, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await client.SendAsync(bytes, cancel)..];
    }
}
