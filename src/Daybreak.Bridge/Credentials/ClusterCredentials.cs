using System.Net.Http.Headers;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The role of a local database cluster: the container endpoint, asked without the SDK, which would try again where the cluster
/// says no, and does not take credentials that are to be used for moments only.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html</remarks>
public sealed class ClusterCredentials : ICredentialSource, IDisposable
{
    public const string Source = "database cluster";

    private const string ClusterVariable = "DAYBREAK_CLUSTER_CREDENTIALS";
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http;
    private readonly Uri _uri;

    private ClusterCredentials(Uri uri, string token)
    {
        _uri = uri;
        // No proxy: the endpoint is on this machine.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Wait, MaxResponseContentBufferSize = 64 * 1024 };
        _http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(token);
    }

    /// <summary>Null unless the server's environment says that its container endpoint, on this machine, is that of a cluster.</summary>
    public static ClusterCredentials? TryCreate(Func<string, string?> variable) =>
        variable(ClusterVariable) == "1"
        && Uri.TryCreate(variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"), UriKind.Absolute, out var uri) && uri.IsLoopback
        && variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") is { Length: > 0 } token
            ? new ClusterCredentials(uri, token)
            : null;

    public async Task<CredentialSnapshot> FetchAsync(CancellationToken cancel)
    {
        try
        {
            using var response = await _http.GetAsync(_uri, cancel);
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            var answer = body.RootElement;
            if (!response.IsSuccessStatusCode)
                throw None(Shown.Briefly(answer.GetProperty("message").GetString() ?? ""));
            return new(
                new AwsCredentials(
                    answer.GetProperty("AccessKeyId").GetString()!, answer.GetProperty("SecretAccessKey").GetString()!,
                    answer.GetProperty("Token").GetString(), answer.GetProperty("Expiration").GetDateTimeOffset()),
                null, Source);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw None($"The local AWS does not answer ({failure.GetType().Name}).");
        }
    }

    public void Dispose() => _http.Dispose();

    private static CredentialException None(string why) => new(why) { IsOfCluster = true };
}
