using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>An endpoint that answers as a test says and keeps what it was asked.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly FrontDoorListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpServer _server;

    private ScriptedPeer() => _server = new HttpServer(_listener, AnswerAsync, static _ => { });

    public Uri Url => _listener.Endpoint;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Answers after the body was read; null reads it, and answers <c>{}</c>.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public static async Task<ScriptedPeer> StartAsync()
    {
        var peer = new ScriptedPeer();
        await peer._server.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        _listener.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var asked = new Asked(
            http.Request.Method,
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            http.Request.Headers.ToDictionary(
                static header => header.Key,
                static header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            )
        );
        if (Answer is { } answer)
        {
            Requests.Enqueue(asked);
            await answer(http);
            return;
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Requests.Enqueue(asked with { Body = Encoding.Latin1.GetString(body.ToArray()) });
        http.Response.ContentType = "application/x-amz-json-1.0";
        await http.Response.WriteAsync("{}");
    }

    internal sealed record Asked(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
    {
        /// <summary>Each byte a character.</summary>
        public string Body { get; init; } = "";

        public string this[string header] => Headers.GetValueOrDefault(header, "");
    }
}
