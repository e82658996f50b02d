using System.Text.Json;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary><c>daybreak aws</c> runs whatever <c>aws</c> the PATH has: here a script that shows what it was given.</summary>
public sealed class AwsTests : IDisposable
{
    private const string Mirror = """
        #!/bin/sh
        [ "$1" != --version ] || { echo "aws-cli/$VERSION Python/3.11.2 Linux/6.1 botocore/1.27"; exit 0; }
        [ "$3" != signal ] || kill -TERM $$
        echo "$@"
        echo "$AWS_ENDPOINT_URL $AWS_REGION $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY ${AWS_SESSION_TOKEN:-none} ${AWS_PROFILE:-none}"
        echo to stderr >&2
        exit 254
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("aws").FullName;

    public AwsTests()
    {
        var program = Path.Combine(_directory, "aws");
        File.WriteAllText(program, Mirror);
        File.SetUnixFileMode(
            program,
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute
        );
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Aws_is_given_endpoint_Region_and_keys_and_its_output_and_exit_code_are_ours()
    {
        var run = await RunAsync(
            ["aws", "rds", "create-db-instance", "--port", "5432", "--help", "--version"],
            ("AWS_PROFILE", "work"),
            ("AWS_SESSION_TOKEN", "real"),
            ("AWS_ACCESS_KEY_ID", "AKIAREAL")
        );

        Assert.Equal(254, run.ExitCode);
        Assert.Equal(
            "--endpoint-url http://127.0.0.1:4566 rds create-db-instance --port 5432 --help --version\nhttp://127.0.0.1:4566 "
                + "us-east-1 test test none none\n",
            run.Output
        );
        Assert.Equal("to stderr\n", run.Error);
    }

    [Fact]
    public async Task Shell_that_points_here_keeps_its_Region_and_keys()
    {
        var run = await RunAsync(
            ["aws", "sts", "get-caller-identity"],
            ("AWS_ENDPOINT_URL", "http://localhost:4571"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "ASIAROLE"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token")
        );

        Assert.Equal(
            "--endpoint-url http://127.0.0.1:4571 sts get-caller-identity\nhttp://localhost:4571 eu-west-1 ASIAROLE secret token none\n",
            run.Output
        );
    }

    [Fact]
    public async Task Port_before_the_service_is_ours()
    {
        var run = await RunAsync(["aws", "--port", "4572", "lambda", "list-functions"], ("AWS_ENDPOINT_URL", "http://127.0.0.1:4571"));

        Assert.StartsWith(
            "--endpoint-url http://127.0.0.1:4572 lambda list-functions\nhttp://127.0.0.1:4572 ",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Signal_that_ends_aws_ends_us()
    {
        Assert.Equal(128 + 15, (await RunAsync(["aws", "signal"])).ExitCode);
    }

    [Fact]
    public async Task Help_of_the_verb_itself_is_ours()
    {
        Assert.Contains(
            "Run the aws CLI of this machine, of any version, against the local AWS.",
            (await RunAsync(["aws", "--help"])).Expect(0).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "1.45.11",
        "is aws CLI 1.45.11: in us-east-1 it sends rds, docdb, neptune and sqs to the real AWS in spite of AWS_ENDPOINT_URL."
    )]
    [InlineData("1.27.49", "is aws CLI 1.27.49, which does not know AWS_ENDPOINT_URL: it calls the real AWS.")]
    [InlineData("2.9.19", "is aws CLI 2.9.19, which does not know AWS_ENDPOINT_URL: it calls the real AWS.")]
    public async Task Env_warns_of_an_aws_CLI_that_its_variables_do_not_reach(string version, string warning)
    {
        var run = await RunAsync(["env"], ("VERSION", version));

        Assert.StartsWith("export AWS_ENDPOINT_URL=", run.Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains(warning, run.Error, StringComparison.Ordinal);
        Assert.Contains(" aws … instead of aws …", run.Error, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync(["env"], ("VERSION", "2.28.1"))).Error);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("logs")]
    [InlineData("explain", "db", "fn")]
    public async Task Commands_without_a_port_ask_the_local_AWS_that_the_shell_points_at(params string[] command)
    {
        var run = await RunAsync(command, ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"));

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("127.0.0.1:1.", run.Error, StringComparison.Ordinal);

        var elsewhere = await RunAsync(command, ("AWS_ENDPOINT_URL", "https://lambda.us-east-1.amazonaws.com"));
        Assert.Equal(2, elsewhere.ExitCode);
        Assert.Contains(
            "AWS_ENDPOINT_URL is https://lambda.us-east-1.amazonaws.com, which is not a local AWS on this machine. Use --port, or unset it.",
            elsewhere.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Runtimes_add_installs_what_functions_find()
    {
        if (!File.Exists("/usr/bin/npm"))
            Assert.Skip("This machine has no npm.");
        var package = Directory.CreateDirectory(Path.Combine(_directory, "package")).FullName;
        File.WriteAllText(Path.Combine(package, "package.json"), """{"name":"@aws-sdk/client-test","version":"3.0.0"}""");

        var run = await RunAsync(["runtimes", "add", package], ("XDG_CACHE_HOME", _directory));

        Assert.Equal($"{_directory}/daybreak/runtimes/aws-sdk-3\n", run.Expect(0).Output);
        using var installed = JsonDocument.Parse(
            File.ReadAllText($"{_directory}/daybreak/runtimes/aws-sdk-3/node_modules/@aws-sdk/client-test/package.json")
        );
        Assert.Equal("3.0.0", installed.RootElement.GetProperty("version").GetString());
    }

    private Task<Program.Finished> RunAsync(string[] arguments, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = _directory + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["AWS_ENDPOINT_URL"] = "",
            ["AWS_REGION"] = "",
            ["AWS_SESSION_TOKEN"] = "",
            ["AWS_PROFILE"] = "",
        };
        foreach (var (name, value) in variables)
            environment[name] = value;
        return Program.RunAsync(new Program.Start(Launcher.File) { Arguments = arguments, Environment = environment });
    }
}
