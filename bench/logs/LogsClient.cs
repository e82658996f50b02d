using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Bench.Logs;

/// <summary>A client that signs, as every SDK does.</summary>
internal sealed class LogsClient(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public async Task<string> CallAsync(string operation, string body)
    {
        using var response = await SendAsync(operation, System.Text.Encoding.UTF8.GetBytes(body));
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> SendAsync(string operation, byte[] body)
    {
        HttpField[] headers =
        [
            new("Host", endpoint.Authority),
            new("Content-Type", "application/x-amz-json-1.1"),
            new("X-Amz-Target", $"Logs_20140328.{operation}"),
        ];
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", "/", headers),
            body,
            new SigningContext(new AwsCredentials("test", "test"), "us-east-1", "logs", TimeProvider.System.GetUtcNow())
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode
            ? response
            : throw new InvalidOperationException($"{operation}: {await response.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => _http.Dispose();
}
