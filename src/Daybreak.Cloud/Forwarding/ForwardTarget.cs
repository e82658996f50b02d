using System.Net.Sockets;
using Daybreak.Aws;

namespace Daybreak.Cloud.Forwarding;

/// <summary>An endpoint that requests are sent on to: its connections and its keys.</summary>
internal sealed class ForwardTarget : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly ProfileKeys? _profile;
    private long _sent;

    public ForwardTarget(ForwardRule rule, TimeSpan connectLimit)
    {
        Rule = rule;
        _profile = rule.Profile is { } profile ? new ProfileKeys(profile) : null;
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                // What arrives is sent on as it is.
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.None,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                UseProxy = !rule.IsLocal,
                ConnectTimeout = connectLimit,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8,
                ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
            }
        );
    }

    public ForwardRule Rule { get; }

    /// <summary>Requests that were sent on.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public bool HasKeys => _profile?.Find() is not null;

    /// <summary>
    /// The keys that sign for an account. Without a profile they are known to everybody: no key, token or signature of this local AWS
    /// leaves it. Emulators that tell accounts apart by the id of the key find the account in it.
    /// </summary>
    /// <exception cref="AwsException">The profile has no key any more.</exception>
    public AwsCredentials KeysFor(string accountId) =>
        _profile is null ? new AwsCredentials(accountId, "test")
        : _profile.Find() is { } keys ? keys
        : throw ForwardErrors.Unavailable($"The profile '{Rule.Profile}', which signs requests for {Rule.Service}, has no key.");

    /// <summary>The path of a request at the target.</summary>
    public string PathOf(string path) => Rule.Url.AbsolutePath.TrimEnd('/') + path;

    /// <param name="service">For messages.</param>
    /// <exception cref="AwsException">The target cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string service, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _sent);
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw ForwardErrors.Unavailable($"{service} is sent on to {Rule.Url}, which cannot be reached: {Reason(error)}.", error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw ForwardErrors.Unavailable($"{service} is sent on to {Rule.Url}, which does not accept the connection in time.", error);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Reason(HttpRequestException error) =>
        error.InnerException switch
        {
            SocketException socket => socket.Message,
            IOException io => io.Message.TrimEnd('.'),
            _ => error.Message.TrimEnd('.'),
        };
}
