using System.Collections.ObjectModel;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cli.LocalAws;

/// <summary>Calls services of the local AWS over HTTP, as the administrator of the local account, signed as by every client.</summary>
internal sealed class LocalAwsApi(Uri endpoint, string region, TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private const string FormType = "application/x-www-form-urlencoded";

    // A function may run for 15 minutes, and longer in a debugger.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <returns>The operation's response, without namespaces.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused.</exception>
    public Task<XElement> IamAsync(string action, params (string Name, string Value)[] parameters) =>
        QueryAsync("iam", "2010-05-08", action, parameters);

    /// <inheritdoc cref="IamAsync"/>
    public Task<XElement> RdsAsync(string action, params (string Name, string Value)[] parameters) =>
        QueryAsync("rds", "2014-10-31", action, parameters);

    /// <summary>Calls an operation of CloudWatch Logs.</summary>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused.</exception>
    public async Task<JsonObject> LogsAsync(string operation, JsonObject request)
    {
        var (status, answer) = await SendAsync(
            HttpMethod.Post,
            "logs",
            "/",
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            new("Content-Type", "application/x-amz-json-1.1"),
            new("X-Amz-Target", $"Logs_20140328.{operation}")
        );
        return status == HttpStatusCode.OK ? JsonNode.Parse(answer)!.AsObject() : throw Refused(status, answer);
    }

    /// <returns>What Lambda knows of a function; null: there is none of that name.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused.</exception>
    public async Task<JsonObject?> FunctionAsync(string name)
    {
        var path = $"/2015-03-31/functions/{Uri.EscapeDataString(name)}/configuration";
        var (status, answer) = await SendAsync(HttpMethod.Get, "lambda", path, []);
        // A name that functions cannot have is no name of one.
        return status switch
        {
            HttpStatusCode.OK => JsonNode.Parse(answer)!.AsObject(),
            HttpStatusCode.NotFound or HttpStatusCode.BadRequest => null,
            _ => throw Refused(status, answer),
        };
    }

    /// <summary>Opens a path of ours that takes a signature for Lambda and answers in lines.</summary>
    /// <param name="path">With the query.</param>
    /// <exception cref="CommandFailedException">Nothing runs there.</exception>
    public async Task<LinesAnswer> OpenAsync(string path)
    {
        var response = await RespondAsync(HttpMethod.Post, "lambda", path, [], [], HttpCompletionOption.ResponseHeadersRead);
        var refusal = response.IsSuccessStatusCode
            ? null
            : new LambdaAnswer(
                response.StatusCode,
                ReadOnlyDictionary<string, string>.Empty,
                await response.Content.ReadAsStringAsync(cancellation)
            );
        return new LinesAnswer(response, refusal, cancellation);
    }

    /// <summary>Calls an operation of Lambda.</summary>
    /// <param name="path">With the query.</param>
    /// <exception cref="CommandFailedException">Nothing runs there.</exception>
    public async Task<LambdaAnswer> LambdaAsync(HttpMethod method, string path, byte[] body, params HttpField[] fields)
    {
        using var response = await RespondAsync(method, "lambda", path, body, fields);
        return new LambdaAnswer(
            response.StatusCode,
            response.Headers.ToDictionary(static field => field.Key, static field => field.Value.First(), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync(cancellation)
        );
    }

    /// <summary>Calls an operation of IAM of which the refusal is an answer, too.</summary>
    /// <returns>The response without namespaces; null: there is no such entity.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused for another reason.</exception>
    public async Task<XElement?> FindInIamAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, answer) = await SendAsync(
            HttpMethod.Post,
            "iam",
            "/",
            Form("2010-05-08", action, parameters),
            new HttpField("Content-Type", FormType)
        );
        return status switch
        {
            HttpStatusCode.OK => WithoutNamespaces(answer),
            HttpStatusCode.NotFound => null,
            _ => throw Refused(status, answer),
        };
    }

    /// <returns>The body of the response.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused.</exception>
    public async Task<string> SendAsync(string service, string path, string contentType, byte[] body)
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, service, path, body, new HttpField("Content-Type", contentType));
        return (int)status is >= 200 and < 300 ? answer : throw Refused(status, answer);
    }

    public void Dispose() => _http.Dispose();

    private static CommandFailedException Refused(HttpStatusCode status, string answer) =>
        new(ExitCode.Failure, $"The local AWS refused: {(int)status} {answer}");

    private async Task<(HttpStatusCode Status, string Answer)> SendAsync(
        HttpMethod method,
        string service,
        string path,
        byte[] body,
        params HttpField[] fields
    )
    {
        using var response = await RespondAsync(method, service, path, body, fields);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    private async Task<HttpResponseMessage> RespondAsync(
        HttpMethod method,
        string service,
        string path,
        byte[] body,
        HttpField[] fields,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead
    )
    {
        HttpField[] headers = [new("Host", endpoint.Authority), .. fields];
        var credentials = new AwsCredentials(LocalAwsVariables.AccessKey, LocalAwsVariables.AccessKey);
        var signed = SigV4RequestSigner.Sign(
            new RequestHead(method.Method, path, headers),
            body,
            new SigningContext(credentials, region, service, time.GetUtcNow())
        );

        using var request = new HttpRequestMessage(method, new Uri(endpoint, path)) { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        try
        {
            return await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw LocalAwsClient.NotRunning(endpoint);
        }
    }

    private async Task<XElement> QueryAsync(string service, string version, string action, (string Name, string Value)[] parameters) =>
        WithoutNamespaces(await SendAsync(service, "/", FormType, Form(version, action, parameters)));

    private static byte[] Form(string version, string action, (string Name, string Value)[] parameters) =>
        Encoding.ASCII.GetBytes(
            $"Action={action}&Version={version}"
                + string.Concat(parameters.Select(static parameter => $"&{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))
        );

    private static XElement WithoutNamespaces(string answer)
    {
        var root = XElement.Parse(answer, LoadOptions.PreserveWhitespace);
        foreach (var element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }
}
