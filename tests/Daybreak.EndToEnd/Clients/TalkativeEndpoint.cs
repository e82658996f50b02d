using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clients;

/// <summary>In Lambda's place: refuses every request, and says all that it was sent.</summary>
internal sealed class TalkativeEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    public TalkativeEndpoint()
    {
        Uri = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        _listener.Prefixes.Add(Uri.ToString());
        _listener.Start();
        _answering = AnswerAsync();
    }

    public Uri Uri { get; }

    /// <summary>Code, and message; <c>{sent}</c> in it stands for the request's headers.</summary>
    public (string Code, string Message) Refusal { get; set; }

    /// <summary>Of the requests so far.</summary>
    public ConcurrentBag<string> Signatures { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
                Answer(await _listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            return;
        }
    }

    private void Answer(HttpListenerContext http)
    {
        var headers = http.Request.Headers;
        if (headers["Authorization"]?.Split("Signature=") is [_, var signature])
            Signatures.Add(signature);
        var sent = string.Join('\n', headers.AllKeys.Select(name => $"{name!.ToLowerInvariant()}:{headers[name]}"));
        var body = JsonSerializer.SerializeToUtf8Bytes(new { message = Refusal.Message.Replace("{sent}", sent, StringComparison.Ordinal) });
        http.Response.StatusCode = 403;
        http.Response.AddHeader("x-amzn-ErrorType", Refusal.Code);
        http.Response.Close(body, willBlock: true);
    }
}
