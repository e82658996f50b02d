using System.Diagnostics;

namespace Daybreak.Cloud.Tests;

/// <summary>Runs real clients: the aws CLI, python3 with boto3.</summary>
internal static class AwsClient
{
    /// <summary>Every aws CLI on this machine: version 1 and 2 differ in paths and encodings.</summary>
    public static IReadOnlyList<string> AwsClis { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(directory => Path.Combine(Directory.ResolveLinkTarget(directory, true)?.FullName ?? directory, "aws"))
            .Where(File.Exists)
            .DistinctBy(path => File.ResolveLinkTarget(path, true)?.FullName ?? path),
    ];

    // What tests use and the clients of Debian 12 do not know yet, in botocore's own form: merged into their models, as newer ones have it.
    private static readonly string Models = Path.Combine(AppContext.BaseDirectory, "ClientModels");

    public static Task<Result> AwsAsync(Uri endpoint, params string[] arguments) =>
        RunAsync(AwsClis[0], endpoint, "test", ["--endpoint-url", endpoint.ToString().TrimEnd('/'), .. arguments]); // before 2.13 it knows no variable

    public static async Task<Result> RunAsync(string program, Uri endpoint, string accessKey, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/');
        start.Environment["AWS_ACCESS_KEY_ID"] = accessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        start.Environment["AWS_PAGER"] = "";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_DATA_PATH"] = Models;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        if (program == "python3")
            start.Environment["PYTHONPATH"] = Boto.Program("support");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1"; // nothing comes to lie beside the programs
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Result(process.ExitCode, await output, await error);
    }

    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>Standard output; fails the test when the client failed.</summary>
        public string Ok()
        {
            Assert.True(ExitCode == 0, $"exit {ExitCode}: {Error}{Output}");
            return Output;
        }
    }
}
