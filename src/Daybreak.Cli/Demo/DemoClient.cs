using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cli.Demo;

/// <summary>Calls the local AWS over HTTP, signed as every client does it.</summary>
internal sealed class DemoClient(Uri endpoint, TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public Task IamAsync(string action, params (string Name, string Value)[] parameters)
    {
        var form = string.Join('&', parameters.Select(static parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        return SendAsync("iam", "/", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes($"Action={action}&Version=2010-05-08&{form}"));
    }

    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public async Task SendAsync(string service, string path, string contentType, byte[] body)
    {
        HttpField[] headers = [new("Host", endpoint.Authority), new("Content-Type", contentType)];
        var credentials = new AwsCredentials(LocalAwsVariables.AccessKey, LocalAwsVariables.AccessKey);
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", path, headers), body, new SigningContext(credentials, LocalAwsVariables.Region, service, time.GetUtcNow()));

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path)) { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandFailedException(
                ExitCode.Failure, $"The local AWS refused a step of the demo: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    public void Dispose() => http.Dispose();
}
