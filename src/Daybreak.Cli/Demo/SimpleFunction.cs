using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cli.Demo;

/// <summary>The function <c>simple</c> of AWS's page on calling Lambda from Aurora: the Lambda console's own Python example.</summary>
internal static class SimpleFunction
{
    public const string Name = "simple";

    private const string Path = "/2015-03-31/functions";
    private const string RoleName = $"{Name}-role";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private const string Code =
        """
        import json


        def lambda_handler(event, context):
            return {
                'statusCode': 200,
                'body': json.dumps('Hello from Lambda!')
            }

        """;

    /// <summary>CreateRole and CreateFunction, over HTTP and signed as every client does it.</summary>
    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public static async Task DeployAsync(Uri endpoint, string accountId, TimeProvider time, CancellationToken cancellation)
    {
        var role = $"Action=CreateRole&Version=2010-05-08&RoleName={RoleName}&AssumeRolePolicyDocument={Uri.EscapeDataString(Trust)}";
        await SendAsync(endpoint, "iam", "/", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(role), "role", time, cancellation);
        var function = JsonSerializer.SerializeToUtf8Bytes(Request(accountId), DemoJson.Default.CreateFunction);
        await SendAsync(endpoint, "lambda", Path, "application/json", function, "function", time, cancellation);
    }

    private static async Task SendAsync(
        Uri endpoint, string service, string path, string contentType, byte[] body, string what, TimeProvider time, CancellationToken cancellation)
    {
        HttpField[] headers = [new("Host", endpoint.Authority), new("Content-Type", contentType)];
        var credentials = new AwsCredentials(LocalAwsVariables.AccessKey, LocalAwsVariables.AccessKey);
        var signed = SigV4RequestSigner.Sign(
            new RequestHead("POST", path, headers), body, new SigningContext(credentials, LocalAwsVariables.Region, service, time.GetUtcNow()));

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
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
                ExitCode.Failure, $"The {what} was not created: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    private static CreateFunction Request(string accountId) => new(
        Name, "python3.13", $"arn:aws:iam::{accountId}:role/{RoleName}", "lambda_function.lambda_handler", new FunctionCode(Zip()));

    private static byte[] Zip()
    {
        const int ReadableFile = 0b110_100_100 << 16; // mode 0644 in the upper half, as Unix archivers write it
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry("lambda_function.py");
            entry.ExternalAttributes = ReadableFile;
            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(Code));
        }

        return bytes.ToArray();
    }

    internal sealed record CreateFunction(string FunctionName, string Runtime, string Role, string Handler, FunctionCode Code);

    internal sealed record FunctionCode(byte[] ZipFile);
}
