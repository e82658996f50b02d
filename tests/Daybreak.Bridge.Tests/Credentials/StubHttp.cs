using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>A small HTTP server for the sources of credentials: a path to a body, seen requests kept.</summary>
public sealed class StubHttp : IAsyncDisposable
{
    private readonly ScriptedEndpoint _endpoint;
    private readonly List<EndpointRequest> _seen = [];

    /// <param name="answer">Status and body for a request.</param>
    public StubHttp(Func<EndpointRequest, (int Status, string Body)> answer) =>
        _endpoint = new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                lock (_seen)
                    _seen.Add(request);
                var (status, body) = answer(request);
                await peer.SendAsync(
                    $"HTTP/1.1 {status} X\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n"
                        + $"x-aws-ec2-metadata-token-ttl-seconds: 21600\r\n\r\n{body}"
                );
            }
        });

    public string Url => _endpoint.Url;

    public IReadOnlyList<EndpointRequest> Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();
}
