namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The container endpoint of the surroundings: <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c> or <c>_RELATIVE_URI</c>, with
/// <c>AWS_CONTAINER_AUTHORIZATION_TOKEN</c> or the content of <c>_TOKEN_FILE</c>.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html</remarks>
public sealed class ContainerEndpoint : IDisposable
{
    private const string Prefix = "AWS_CONTAINER_";
    private const string HostOfRelative = "http://169.254.170.2";
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    // Besides this machine the hosts of Amazon ECS and EKS: nobody else is shown the token without TLS.
    private static readonly string[] PlainHosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

    private readonly Func<string, string?> _variable;
    private readonly HttpClient _http;

    private ContainerEndpoint(Uri uri, Func<string, string?> variable)
    {
        (Uri, _variable) = (uri, variable);
        // No proxy: the endpoint is on this machine or beside it.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = Wait,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    public Uri Uri { get; }

    /// <summary>Null when the surroundings name none, or one that an AWS SDK would not ask either.</summary>
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

    /// <exception cref="HttpRequestException">It does not answer, or more than an answer can be.</exception>
    /// <exception cref="IOException">The token's file is not readable.</exception>
    /// <exception cref="FormatException">The token is none that a header may carry.</exception>
    /// <exception cref="OperationCanceledException">It does not answer in time.</exception>
    public async Task<ContainerAnswer> AskAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Uri);
        var token = await TokenAsync(cancel);
        // Any text is a token; it need not be of a scheme.
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
