using System.Text;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.EndToEnd.Stage;

/// <summary>Sends requests to the local AWS without a client program, whose start would take longer than the request. What users type has tests
/// of its own.</summary>
internal static class LocalApi
{
    /// <summary>A status of <c>available</c> or the like, an address: what RDS answers in the first element of that name.</summary>
    /// <param name="parameters"><c>Action</c> and all others except <c>Version</c>.</param>
    public static async Task<string> AskRdsAsync(Uri endpoint, string parameters, string element)
    {
        var answer = await SendAsync(
            endpoint,
            "rds",
            "/",
            "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes($"{parameters}&Version=2014-10-31")
        );
        return XDocument.Parse(answer).Descendants().First(found => found.Name.LocalName == element).Value;
    }

    /// <summary>A signed POST as the account's administrator.</summary>
    public static async Task<string> SendAsync(Uri endpoint, string service, string path, string contentType, byte[] body)
    {
        HttpField[] headers = [new("Host", endpoint.Authority), new("Content-Type", contentType)];
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", path, headers),
            body,
            new SigningContext(new AwsCredentials("test", "test"), FunctionDeployment.Region, service, TimeProvider.System.GetUtcNow())
        );
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path)) { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return answer;
    }
}
