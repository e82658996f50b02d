using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Demo;

/// <summary>The function <c>simple</c> of AWS's page on calling Lambda from Aurora: the Lambda console's own Python example.</summary>
internal static class SimpleFunction
{
    public const string Name = "simple";

    private const string Path = "/2015-03-31/functions";
    private const string RoleName = $"{Name}-role";
    private const string MayWriteLogs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":["""
        + """{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private const string Code = """
        import json


        def lambda_handler(event, context):
            return {
                'statusCode': 200,
                'body': json.dumps('Hello from Lambda!')
            }

        """;

    /// <summary>Calls CreateRole, AttachRolePolicy and CreateFunction over HTTP, signed as by every client.</summary>
    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public static async Task DeployAsync(LocalAwsApi client, string accountId)
    {
        await client.IamAsync("CreateRole", ("RoleName", RoleName), ("AssumeRolePolicyDocument", Trust));
        await client.IamAsync("AttachRolePolicy", ("RoleName", RoleName), ("PolicyArn", MayWriteLogs));
        await client.SendAsync(
            "lambda",
            Path,
            "application/json",
            JsonSerializer.SerializeToUtf8Bytes(Request(accountId), DemoJson.Default.CreateFunction)
        );
    }

    private static CreateFunction Request(string accountId) =>
        new(Name, "python3.13", $"arn:aws:iam::{accountId}:role/{RoleName}", "lambda_function.lambda_handler", new FunctionCode(Zip()));

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
