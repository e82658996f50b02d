using System.Net;
using System.Text.Json;

namespace Daybreak.Cli.LocalAws;

/// <summary>Communicates with a running local AWS about the program itself (<c>/_daybreak/</c>).</summary>
internal sealed class LocalAwsClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    public LocalAwsClient(int port)
    {
        Endpoint = EndpointOption.UriOf(port);
        // Proxies are only for connections to other machines.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            BaseAddress = Endpoint,
            Timeout = Patience,
        };
    }

    public Uri Endpoint { get; }

    /// <summary>Returns its status; null when nothing listens there.</summary>
    /// <exception cref="CommandFailedException">The listener is not a local AWS, or it does not answer.</exception>
    public async Task<JsonElement?> StatusAsync(CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, "/_daybreak/status", cancellation);
        if (response is null)
            return null;
        try
        {
            if (response.StatusCode == HttpStatusCode.OK)
            {
                using var body = await JsonDocument.ParseAsync(
                    await response.Content.ReadAsStreamAsync(cancellation),
                    cancellationToken: cancellation
                );
                if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("pid", out _))
                    return body.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // The page is not a local AWS's; this is reported below.
        }

        throw new CommandFailedException(
            ExitCode.NotRunning,
            $"The program that answers on {Endpoint} is not a local AWS but {PortOwner.Describe(Endpoint.Port)}.",
            "Give the port of the local AWS with --port."
        );
    }

    /// <param name="part">Nothing for everything, or a query.</param>
    /// <exception cref="CommandFailedException">Nothing runs there, or it failed.</exception>
    public async Task ResetAsync(string part, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Post, $"/_daybreak/reset{part}", cancellation) ?? throw NotRunning(Endpoint);
        if (!response.IsSuccessStatusCode)
        {
            var why = await response.Content.ReadAsStringAsync(cancellation);
            throw new CommandFailedException(
                ExitCode.Failure,
                $"{Endpoint} refused to reset: {ErrorMessage(why) ?? $"{(int)response.StatusCode} {response.ReasonPhrase}"}"
            );
        }
    }

    /// <param name="move">The query that moves the clock; null only asks.</param>
    /// <returns>What the clock shows.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it is no such time or duration.</exception>
    public async Task<string> ClockAsync(string? move, CancellationToken cancellation)
    {
        const string Path = "/_daybreak/clock";
        using var response =
            await SendAsync(move is null ? HttpMethod.Get : HttpMethod.Post, move is null ? Path : $"{Path}?{move}", cancellation)
            ?? throw NotRunning(Endpoint);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw new CommandFailedException(
                response.StatusCode == HttpStatusCode.BadRequest ? ExitCode.Usage : ExitCode.Failure,
                ErrorMessage(body) ?? $"{Endpoint} did not move its clock: {(int)response.StatusCode} {response.ReasonPhrase}"
            );
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("description").GetString() ?? "";
    }

    /// <param name="question">principal, action, resource, and any number of context.</param>
    /// <exception cref="CommandFailedException">Nothing runs there, the question is malformed, or its principal does not exist.</exception>
    public Task<JsonElement> ExplainAsync(IEnumerable<KeyValuePair<string, string>> question, CancellationToken cancellation) =>
        ExplainAsync("/_daybreak/explain", question, cancellation);

    /// <param name="question">database, function, and optionally region, dbname and user.</param>
    /// <exception cref="CommandFailedException">Nothing runs there, the question is malformed, or its database does not exist.</exception>
    public Task<JsonElement> ExplainInvocationAsync(IEnumerable<KeyValuePair<string, string>> question, CancellationToken cancellation) =>
        ExplainAsync("/_daybreak/explain/invocation", question, cancellation);

    /// <param name="question">function, target, and optionally region.</param>
    /// <exception cref="CommandFailedException">Nothing runs there, or the function or the target does not exist.</exception>
    public Task<JsonElement> ExplainReachAsync(IEnumerable<KeyValuePair<string, string>> question, CancellationToken cancellation) =>
        ExplainAsync("/_daybreak/explain/reach", question, cancellation);

    private async Task<JsonElement> ExplainAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> question,
        CancellationToken cancellation
    )
    {
        var query = string.Join('&', question.Select(static pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        using var response = await SendAsync(HttpMethod.Get, $"{path}?{query}", cancellation) ?? throw NotRunning(Endpoint);
        JsonElement answer;
        try
        {
            using var body = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellation),
                cancellationToken: cancellation
            );
            answer = body.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CommandFailedException(
                ExitCode.NotRunning,
                $"The program that answers on {Endpoint} is not a local AWS that can explain.",
                "Give the port of the local AWS with --port."
            );
        }

        return response.StatusCode switch
        {
            HttpStatusCode.OK => answer,
            HttpStatusCode.BadRequest => throw new CommandFailedException(
                ExitCode.Usage,
                MessageOf(answer),
                $"See: {Installation.Command} explain --help"
            ),
            _ => throw new CommandFailedException(ExitCode.Failure, MessageOf(answer)),
        };
    }

    public static CommandFailedException NotRunning(Uri endpoint) =>
        new(
            ExitCode.NotRunning,
            $"No local AWS runs on {endpoint.Authority}.",
            $"Start one: {Installation.Command} up -d{EndpointOption.Typed(endpoint.Port)}"
        );

    public void Dispose() => _http.Dispose();

    /// <summary>Returns the message of one of our errors; null when the text is not one.</summary>
    private static string? ErrorMessage(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return MessageOf(answer.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string MessageOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("message", out var message)
            ? message.GetString() ?? ""
            : answer.GetRawText();

    /// <returns>Null when the connection was refused.</returns>
    private async Task<HttpResponseMessage?> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            return await _http.SendAsync(request, cancellation);
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
                ExitCode.Failure,
                $"{Endpoint} did not answer within {Patience.TotalSeconds} seconds.",
                $"To end it: {Installation.Command} down{EndpointOption.Typed(Endpoint.Port)}"
            );
        }
    }
}
