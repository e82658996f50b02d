using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>AssumeRole of AWS STS, without the SDK, through the same proxies and authorities as calls.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html</remarks>
public sealed class StsClient(
    AmbientRegion ambient,
    Func<ConfiguredEndpoint?> configured,
    EndpointVariant variant,
    Func<ProxySettings> proxies,
    TlsSettings tls,
    TimeProvider time
) : IDisposable
{
    private const string Usual = "us-east-1";
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private HttpEndpoint? _endpoint;
    private HttpClient? _http;

    /// <exception cref="StsRefusalException">STS does not give the credentials.</exception>
    /// <exception cref="CredentialException">STS was not reached.</exception>
    public async Task<AwsCredentials> AssumeAsync(AssumedRole role, AwsCredentials with, CancellationToken cancel)
    {
        var region = AwsRegion.Parse(ambient.Known ?? await ambient.FindAsync(cancel) ?? Usual);
        try
        {
            var at = EndpointChoice.Choose("sts", null, configured()?.Url, region, variant);
            var (status, answer) = await SendAsync(at, region, role, with, cancel);
            return Read(status, answer, at.Endpoint, with);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or FormatException or CryptographicException or InvocationException
                || (failure is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            var why = failure switch
            {
                OperationCanceledException => $"no answer within {Wait.TotalSeconds:0} s",
                InvocationException wrong => wrong.Error.Detail ?? wrong.Message,
                _ => Innermost(failure).Message.TrimEnd('.'),
            };
            throw new CredentialException($"The IAM role {role.Arn} cannot be assumed: AWS STS is not reached ({why}).", failure);
        }
    }

    public void Dispose() => _http?.Dispose();

    private async Task<(int Status, byte[] Answer)> SendAsync(
        EndpointChoice at,
        AwsRegion region,
        AssumedRole role,
        AwsCredentials with,
        CancellationToken cancel
    )
    {
        var body = Encoding.ASCII.GetBytes(
            $"Action=AssumeRole&Version=2011-06-15&RoleArn={Uri.EscapeDataString(role.Arn)}"
                + $"&RoleSessionName={Uri.EscapeDataString(role.SessionName)}"
                + (role.ExternalId is { } id ? $"&ExternalId={Uri.EscapeDataString(id)}" : "")
        );
        var path = at.PathPrefix + "/";
        HttpField[] fields = [new("Host", at.Endpoint.Authority), new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")];
        var signing = new SigningContext(with, region.Code, "sts", time.GetUtcNow());
        var signed = SigV4RequestSigner.Sign(new RequestHead("POST", path, fields), body, signing).Request.Headers.ToArray();

        // The address must keep the exact spelling that is signed.
        var uri = new Uri(
            $"{at.Endpoint.Scheme}://{at.Endpoint.HostAndPort}{path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        foreach (var field in signed)
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        request.Headers.TryAddWithoutValidation("User-Agent", Encoding.ASCII.GetString(BridgeVersion.UserAgent));
        using var response = await ClientFor(at.Endpoint).SendAsync(request, cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel));
    }

    private HttpClient ClientFor(HttpEndpoint endpoint)
    {
        lock (_lock)
        {
            if (_http is not null && _endpoint == endpoint)
                return _http;
            _http?.Dispose();
            (_endpoint, _http) = (endpoint, CreateClient(endpoint));
            return _http;
        }
    }

    private HttpClient CreateClient(HttpEndpoint endpoint)
    {
        var proxy = proxies().For(endpoint);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy?.ForHttpClient(),
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
        };
        if (endpoint.Tls)
            handler.SslOptions = tls.OptionsFor(endpoint.Host);
        return new HttpClient(handler) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Wait };
    }

    private static AwsCredentials Read(int status, byte[] answer, HttpEndpoint endpoint, AwsCredentials with)
    {
        var fields = XmlTexts.Read(answer);
        if (
            status == 200
            && fields.TryGetValue("AccessKeyId", out var key)
            && fields.TryGetValue("SecretAccessKey", out var secret)
            && fields.TryGetValue("SessionToken", out var token)
            && DateTimeOffset.TryParse(
                fields.GetValueOrDefault("Expiration"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var until
            )
        )
            return new(key, secret, token, until);
        if (status != 200 && ServiceWords.Of(fields.GetValueOrDefault("Code"), with) is { } code)
            throw new StsRefusalException(code, ServiceWords.Of(fields.GetValueOrDefault("Message"), with) ?? code);
        throw new HttpRequestException($"{endpoint} answers {status}, and not as AWS STS does");
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
