using System.Text;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cli.LocalAws;

/// <summary>Calls services of the local AWS over HTTP, as the administrator of the local account, signed as by every client.</summary>
internal sealed class LocalAwsApi(Uri endpoint, string region, TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    /// <returns>The operation's response, without namespaces.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused.</exception>
    public Task<XElement> IamAsync(string action, params (string Name, string Value)[] parameters) =>
        QueryAsync("iam", "2010-05-08", action, parameters);

    /// <inheritdoc cref="IamAsync"/>
    public Task<XElement> RdsAsync(string action, params (string Name, string Value)[] parameters) =>
        QueryAsync("rds", "2014-10-31", action, parameters);

    /// <returns>The body of the response.</returns>
    /// <exception cref="CommandFailedException">Nothing runs there, or it refused.</exception>
    public async Task<string> SendAsync(string service, string path, string contentType, byte[] body)
    {
        HttpField[] headers = [new("Host", endpoint.Authority), new("Content-Type", contentType)];
        var credentials = new AwsCredentials(LocalAwsVariables.AccessKey, LocalAwsVariables.AccessKey);
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", path, headers),
            body,
            new SigningContext(credentials, region, service, time.GetUtcNow())
        );

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path)) { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            var answer = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode
                ? answer
                : throw new CommandFailedException(ExitCode.Failure, $"The local AWS refused: {(int)response.StatusCode} {answer}");
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw LocalAwsClient.NotRunning(endpoint);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<XElement> QueryAsync(string service, string version, string action, (string Name, string Value)[] parameters)
    {
        var form = string.Concat(parameters.Select(static parameter => $"&{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        var answer = await SendAsync(
            service,
            "/",
            "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes($"Action={action}&Version={version}{form}")
        );
        var root = XElement.Parse(answer, LoadOptions.PreserveWhitespace);
        foreach (var element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }
}
