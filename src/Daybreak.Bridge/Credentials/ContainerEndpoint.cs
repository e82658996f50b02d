namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The container endpoint of the environment: <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c> or <c>_RELATIVE_URI</c>, with
/// <c>AWS_CONTAINER_AUTHORIZATION_TOKEN</c> or the content of <c>_TOKEN_FILE</c>.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html</remarks>
public sealed class ContainerEndpoint : IDisposable
{
    private const string Prefix = "AWS_CONTAINER_";
    private const string HostOfRelative = "http://169.254.170.2";
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    // The hosts of Amazon ECS and EKS. Only they and this machine receive the token without TLS.
    private static readonly string[] PlainHosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

    private readonly Func<string, string?> _variable;
    private readonly HttpClient _http;

    private ContainerEndpoint(Uri uri, Func<string, string?> variable)
    {
        (Uri, _variable) = (uri, variable);
        // No proxy is used, because the endpoint is on this machine or next to it.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = Wait,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    public Uri Uri { get; }

    /// <summary>Returns null when the environment names no endpoint, or one that an AWS SDK would not use either.</summary>
    public static ContainerEndpoint? TryCreate(Func<string, string?> variable)
    {
        var named = variable(Prefix + "CREDENTIALS_RELATIVE_URI") is { Length: > 0 } relative
            ? HostOfRelative + relative
            : variable(Prefix + "CREDENTIALS_FULL_URI");
        return
            Uri.TryCreate(named, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || PlainHosts.Contains(uri.Host))))
            ? new ContainerEndpoint(uri, variable)
            : null;
    }

    /// <exception cref="HttpRequestException">The endpoint does not answer, or its answer is too large.</exception>
    /// <exception cref="IOException">The token's file is not readable.</exception>
    /// <exception cref="FormatException">The token is not valid in a header.</exception>
    /// <exception cref="OperationCanceledException">The endpoint does not answer in time.</exception>
    public async Task<ContainerAnswer> AskAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Uri);
        var token = await TokenAsync(cancel);
        // The token is sent as it is; it need not have an authorization scheme.
        if (token is not null && !request.Headers.TryAddWithoutValidation("Authorization", token))
            throw new FormatException("not a token");
        using var response = await _http.SendAsync(request, cancel);
        return new ContainerAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel), token);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> TokenAsync(CancellationToken cancel)
    {
        var token = _variable(Prefix + "AUTHORIZATION_TOKEN_FILE") is { Length: > 0 } file
            ? (await File.ReadAllTextAsync(file, cancel)).Trim()
            : _variable(Prefix + "AUTHORIZATION_TOKEN");
        if (token?.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new FormatException("not a token");
        return string.IsNullOrEmpty(token) ? null : token;
    }
}
