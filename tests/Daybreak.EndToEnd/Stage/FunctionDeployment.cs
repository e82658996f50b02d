using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.EndToEnd.Stage;

/// <summary>Creates Python functions through the HTTP API. The clients have tests of their own; this one is fast.</summary>
internal static class FunctionDeployment
{
    public const string AccountId = "444455556666";
    public const string Region = "us-east-1";

    public static async Task CreateAsync(Uri endpoint, string name, string python)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            FunctionName = name,
            Runtime = "python3.13",
            Role = $"arn:aws:iam::{AccountId}:role/{name}-role",
            Handler = "lambda_function.lambda_handler",
            Timeout = 30,
            Code = new { ZipFile = Zip(python) },
        });
        HttpField[] headers = [new("Host", endpoint.Authority), new("Content-Type", "application/json")];
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", "/2015-03-31/functions", headers),
            body,
            new SigningContext(new AwsCredentials("test", "test"), Region, "lambda", TimeProvider.System.GetUtcNow()));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/2015-03-31/functions")) { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(
            response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static byte[] Zip(string python)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry("lambda_function.py");
            entry.ExternalAttributes = 0b110_100_100 << 16;
            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(python));
        }

        return bytes.ToArray();
    }
}
