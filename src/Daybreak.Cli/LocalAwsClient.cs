using System.Net;
using System.Text.Json;

namespace Daybreak.Cli;

/// <summary>Talks to a running local AWS about itself (<c>/_daybreak/</c>).</summary>
internal sealed class LocalAwsClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;

    public LocalAwsClient(int port)
    {
        Endpoint = EndpointOption.UriOf(port);
        // A proxy is for the world outside of this machine.
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = Endpoint, Timeout = Patience };
    }

    public Uri Endpoint { get; }

    /// <summary>What it says of itself; null when nothing listens there.</summary>
    /// <exception cref="CommandFailedException">Something listens that is no local AWS, or it does not answer.</exception>
    public async Task<JsonElement?> StatusAsync(CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, "/_daybreak/status", cancellation);
        if (response is null)
            return null;
        try
        {
            if (response.StatusCode == HttpStatusCode.OK)
            {
                using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
                if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("pid", out _))
                    return body.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // Somebody else's page; said below.
        }

        throw new CommandFailedException(
            ExitCode.NotRunning,
            $"What answers on {Endpoint} is no local AWS but {PortOwner.Describe(Endpoint.Port)}.",
            "Give the port of yours with --port.");
    }

    /// <exception cref="CommandFailedException">Nothing runs there, or it failed.</exception>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Post, "/_daybreak/reset", cancellation) ?? throw NotRunning(Endpoint);
        if (!response.IsSuccessStatusCode)
            throw new CommandFailedException(ExitCode.Failure, $"{Endpoint} refused to reset: {(int)response.StatusCode} {response.ReasonPhrase}");
    }

    public static CommandFailedException NotRunning(Uri endpoint) =>
        new(ExitCode.NotRunning, $"No local AWS runs on {endpoint.Authority}.", "Start one: ./daybreak up -d");

    public void Dispose() => http.Dispose();

    /// <returns>Null when the connection was refused.</returns>
    private async Task<HttpResponseMessage?> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            return await http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
        }
        catch (HttpRequestException error)
        {
            throw new CommandFailedException(ExitCode.Failure, $"{Endpoint} does not speak HTTP as expected: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException(
                ExitCode.Failure, $"{Endpoint} did not answer within {Patience.TotalSeconds} seconds.", "To end it: ./daybreak down");
        }
    }
}
