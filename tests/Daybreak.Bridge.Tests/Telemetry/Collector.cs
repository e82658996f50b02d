using System.Threading.Channels;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Telemetry;

/// <summary>A scripted collector: takes OTLP over HTTP as protobuf, and keeps what came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly Channel<EndpointRequest> _requests = Channel.CreateUnbounded<EndpointRequest>();
    private readonly ScriptedEndpoint _endpoint;
    private volatile string _status = "200 OK";

    public Collector() =>
        _endpoint = new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                var status = _status;
                if (status == "200 OK")
                    _requests.Writer.TryWrite(request);
                await peer.SendAsync($"HTTP/1.1 {status}\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n");
            }
        });

    public string Url => _endpoint.Url;

    /// <summary>Requests so far, refused ones too.</summary>
    public int Requests => _endpoint.Executions;

    public void Answer(string status) => _status = status;

    public async Task<EndpointRequest> NextAsync() => await _requests.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The next span that arrives: <c>ResourceSpans.ScopeSpans.Span</c>.</summary>
    public async Task<Wire> NextSpanAsync()
    {
        var request = await NextAsync();
        Assert.Equal("POST /v1/traces HTTP/1.1", request.RequestLine);
        Assert.Equal("application/x-protobuf", request.Header("Content-Type"));
        return new Wire(request.Body).Messages(1, 2, 2).Single();
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();
}
