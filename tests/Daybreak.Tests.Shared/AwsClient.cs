namespace Daybreak.Tests.Shared;

/// <summary>Runs real clients: the aws CLI, python3 with boto3.</summary>
public static class AwsClient
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

    // Members that tests use and the clients of Debian 12 do not have yet, in botocore's form; they are merged into these clients' models.
    private static readonly string Models = Path.Combine(AppContext.BaseDirectory, "ClientModels");

    public static async Task<Result> AwsAsync(Uri endpoint, params string[] arguments) =>
        await RunAsync(
            await WarmPython.FindAsync("aws"),
            endpoint,
            "test",
            ["--endpoint-url", endpoint.ToString().TrimEnd('/'), .. arguments] // before 2.13 it knows no variable
        );

    public static async Task<Result> RunAsync(string program, Uri endpoint, string accessKey, params string[] arguments)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = accessKey,
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_MAX_ATTEMPTS"] = "1",
            ["AWS_PAGER"] = "",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_DATA_PATH"] = Models,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        if (program == "python3")
        {
            variables["PYTHONPATH"] = Boto.Program("support");
            variables["PYTHONDONTWRITEBYTECODE"] = "1"; // nothing comes to lie beside the programs
        }
        var (exitCode, output, error) = await Program.RunAsync(
            new Program.Start(program == "python3" ? await WarmPython.FindAsync(program) : program)
            {
                Arguments = arguments,
                Directory = Environment.CurrentDirectory,
                Environment = variables,
                Without = ["AWS_SESSION_TOKEN", "AWS_PROFILE"],
            }
        );
        return new Result(exitCode, output, error);
    }

    public sealed record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>Standard output; fails the test when the client failed.</summary>
        public string Ok()
        {
            Assert.True(ExitCode == 0, $"exit {ExitCode}: {Error}{Output}");
            return Output;
        }
    }
}
