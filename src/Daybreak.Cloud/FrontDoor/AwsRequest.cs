using System.Buffers;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// A request as received: path and query are still percent-encoded, because routing and signatures use the encoded forms. The body is read
/// once, as a whole, since a signature covers all of it.
/// </summary>
public sealed class AwsRequest : IDisposable
{
    private readonly HttpContext _http;
    private readonly BodyMemory _memory;
    private byte[]? _body;
    private long _held;

    /// <param name="memory">Accounts for its body until it is disposed.</param>
    public AwsRequest(HttpContext http, string requestId, BodyMemory memory)
    {
        (_http, _memory) = (http, memory);
        RequestId = requestId;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
            target = Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : "/";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        RawPath = question < 0 ? target : target[..question];
        RawQuery = question < 0 ? "" : target[(question + 1)..];
        Head = new RequestHead(http.Request.Method, target, FieldsOf(http.Request.Headers));
        Scope = SigV4Verifier.Claim(Head);
    }

    public string RequestId { get; }

    /// <summary>The parts of the request that a signature covers.</summary>
    public RequestHead Head { get; }

    public string Method => _http.Request.Method;

    /// <summary>Percent-encoded, starting with a slash.</summary>
    public string RawPath { get; }

    /// <summary>Percent-encoded, without the question mark.</summary>
    public string RawQuery { get; }

    /// <summary>The decoded query.</summary>
    public IQueryCollection Query => _http.Request.Query;

    public IHeaderDictionary Headers => _http.Request.Headers;

    public string Host => _http.Request.Host.Value ?? "";

    /// <summary>Whether a person opened it in a browser, or was redirected to it: it may read, but not change.</summary>
    public bool IsOpenedByHand => WebPages.IsOpenedByHand(_http.Request);

    /// <summary>The signature's claim, read before verification; null for an unsigned request.</summary>
    public CredentialScope? Scope { get; }

    /// <summary>Empty until <see cref="ReadBodyAsync"/> has run.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>Whether the client sends its body only when it is asked to (<c>Expect: 100-continue</c>), and was not asked.</summary>
    public bool IsBodyAwaited => _body is null && Headers.Expect.Count > 0;

    public CancellationToken Aborted => _http.RequestAborted;

    public System.Net.IPAddress? RemoteAddress => _http.Connection.RemoteIpAddress;

    /// <summary>Returns the header's value; null when it is absent or empty.</summary>
    public string? Header(string name) =>
        Headers.TryGetValue(name, out var value) && value.Count > 0 && value[0] is { Length: > 0 } text ? text : null;

    /// <summary>Reads the body if that has not been done.</summary>
    /// <param name="limit">In bytes; a longer body is refused as soon as its length is known.</param>
    /// <param name="tooLarge">Returns the error for a body of that many bytes (of at least that many, when it came in chunks).</param>
    public async ValueTask ReadBodyAsync(long limit, Func<AwsRequest, long, AwsException> tooLarge)
    {
        if (_body is not null)
        {
            if (_body.Length > limit)
                throw tooLarge(this, _body.Length);
            return;
        }
        try
        {
            _body = _http.Request.ContentLength is { } length
                ? await ReadAnnouncedAsync(length, limit, tooLarge)
                : await ReadChunksAsync(limit, tooLarge);
        }
        catch (IOException error) when (error is not (BadHttpRequestException or ConnectionResetException))
        {
            // Kestrel throws this for the size of a chunk that exceeds every number; it is not a failure of our own files.
            throw new BadHttpRequestException("The body cannot be read.", error);
        }
    }

    private async ValueTask<byte[]> ReadAnnouncedAsync(long length, long limit, Func<AwsRequest, long, AwsException> tooLarge)
    {
        if (length > limit)
            throw tooLarge(this, length);
        var arriving = new ArrivingBody((int)length);
        for (var arrived = 0L; !arriving.IsWhole; )
        {
            var count = await _http.Request.Body.ReadAsync(arriving.Rest, Aborted);
            if (count == 0)
                throw new EndOfStreamException();
            Hold(arrived += count);
            arriving.Advance(count);
        }
        return arriving.Bytes;
    }

    private async ValueTask<byte[]> ReadChunksAsync(long limit, Func<AwsRequest, long, AwsException> tooLarge)
    {
        var reader = _http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(Aborted);
            if (read.Buffer.Length > limit)
                throw tooLarge(this, read.Buffer.Length);
            Hold(read.Buffer.Length);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose() => _memory.GiveBack(_held);

    // Ordinary requests are answered even while large ones use up the memory: bodies that are this small count as part of the connection's
    // own buffers.
    private void Hold(long bytes)
    {
        var counted = Math.Max(0, bytes - BodyMemory.Uncounted);
        _memory.Take(counted - _held);
        _held = counted;
    }

    private static HttpField[] FieldsOf(IHeaderDictionary headers)
    {
        var fields = new List<HttpField>(headers.Count);
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
                fields.Add(new HttpField(name, value ?? ""));
        }
        return [.. fields];
    }
}
