using System.Net.Security;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Explain;

/// <summary>The outcome of a request: an answer, or the reason why there is none.</summary>
/// <param name="SentWith">The credentials that signed the request; null: none.</param>
/// <param name="Failure">Null with an answer.</param>
/// <param name="OfTls">Whether the failure is one of TLS.</param>
internal sealed record ProbeAnswer(
    int Status,
    string ErrorType,
    DateTimeOffset? Date,
    byte[] Body,
    AwsCredentials? SentWith = null,
    string? Failure = null,
    bool OfTls = false
)
{
    /// <summary>The answer as an error of Lambda's API.</summary>
    public ApiRefusal Refusal => ApiRefusal.Read(Status, ErrorType, Body, SentWith);

    public static ProbeAnswer None(string failure, bool ofTls = false) => new(0, "", null, [], Failure: failure, OfTls: ofTls);
}

/// <summary>
/// An HTTP client for one endpoint. It does not use the pools of calls, but the same proxies and authorities, and keeps what calls ignore:
/// certificate and Date header.
/// </summary>
internal sealed class ProbeClient : IDisposable
{
    private const int LongestAnswer = 256 * 1024;

    private readonly HttpEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <exception cref="IOException">The file of authorities cannot be read.</exception>
    public ProbeClient(HttpEndpoint endpoint, HttpProxy? proxy, TlsSettings tls, TimeProvider time)
    {
        (_endpoint, _time) = (endpoint, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy?.ForHttpClient(),
            ActivityHeadersPropagator = null,
        };
        if (endpoint.Tls)
        {
            handler.SslOptions = tls.OptionsFor(endpoint.Host);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                Certificate = ShownCertificate.Of(certificate, chain, errors);
                return errors == SslPolicyErrors.None;
            };
        }
        _http = new HttpClient(handler) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The endpoint's certificate; null before a request, and without TLS.</summary>
    public ShownCertificate? Certificate { get; private set; }

    /// <param name="target">Path and query, exactly as in the request line.</param>
    /// <param name="signing">Signs the request; null: unsigned.</param>
    /// <param name="limit">For connection and answer together.</param>
    public async Task<ProbeAnswer> SendAsync(
        HttpMethod method,
        string target,
        HttpField[] fields,
        byte[] body,
        SigningContext? signing,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        using var late = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            using var request = Request(method, target, fields, body, signing);
            using var response = await _http.SendAsync(request, both.Token);
            var type = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First() : "";
            return new(
                (int)response.StatusCode,
                type,
                response.Headers.Date,
                await response.Content.ReadAsByteArrayAsync(both.Token),
                signing?.Credentials
            );
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ProbeAnswer.None($"no answer within {limit.TotalMilliseconds:0} ms");
        }
        catch (HttpRequestException failure)
        {
            return ProbeAnswer.None(
                Innermost(failure).Message.TrimEnd('.'),
                failure.HttpRequestError == HttpRequestError.SecureConnectionError
            );
        }
        catch (FormatException)
        {
            return ProbeAnswer.None("the request cannot be written");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string target, HttpField[] fields, byte[] body, SigningContext? signing)
    {
        // The address must keep the exact spelling that is signed.
        var uri = new Uri(
            $"{_endpoint.Scheme}://{_endpoint.HostAndPort}{target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        fields = [new("Host", _endpoint.Authority), .. fields];
        if (signing is not null)
            fields = SigV4RequestSigner.Sign(new RequestHead(method.Method, target, fields), body, signing).Request.Headers.ToArray();
        var request = new HttpRequestMessage(method, uri) { Content = body.Length > 0 ? new ByteArrayContent(body) : null };
        foreach (var field in fields)
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content?.Headers.TryAddWithoutValidation(field.Name, field.Value);
        request.Headers.TryAddWithoutValidation("User-Agent", Encoding.ASCII.GetString(BridgeVersion.UserAgent));
        return request;
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
