using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Daybreak.EndToEnd.Stage;

/// <summary>Creates functions through the HTTP API. The clients have tests of their own; this one is fast.</summary>
internal static class FunctionDeployment
{
    public const string AccountId = "444455556666";
    public const string Region = "us-east-1";

    /// <summary>Trust policy of a function's role.</summary>
    public const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    /// <summary>The function, and a role of its own that Lambda may assume.</summary>
    public static async Task CreateAsync(Uri endpoint, string name, string python)
    {
        await CreateAsync(endpoint, name, "python3.13", Zip("lambda_function.py", python));
    }

    /// <summary>Of any runtime, from the bytes of its zip archive.</summary>
    public static async Task CreateAsync(Uri endpoint, string name, string runtime, byte[] archive)
    {
        await CreateRoleAsync(endpoint, $"{name}-role");
        await LocalApi.SendAsync(
            endpoint,
            "lambda",
            "/2015-03-31/functions",
            "application/json",
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    FunctionName = name,
                    Runtime = runtime,
                    Role = $"arn:aws:iam::{AccountId}:role/{name}-role",
                    Handler = "lambda_function.lambda_handler",
                    Timeout = 30,
                    Code = new { ZipFile = archive },
                }
            )
        );
    }

    /// <summary>A role that Lambda may assume.</summary>
    public static Task CreateRoleAsync(Uri endpoint, string name) =>
        LocalApi.SendAsync(
            endpoint,
            "iam",
            "/",
            "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes(
                $"Action=CreateRole&Version=2010-05-08&RoleName={name}&AssumeRolePolicyDocument={Uri.EscapeDataString(Trust)}"
            )
        );

    public static byte[] Zip(string python) => Zip("lambda_function.py", python);

    /// <summary>One file, executable.</summary>
    public static byte[] Zip(string fileName, string text)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry(fileName);
            entry.ExternalAttributes = 0b111_101_101 << 16;
            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
