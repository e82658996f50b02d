using System.Globalization;
using System.Net;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

public sealed class UpTests : IDisposable
{
    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();
    private readonly string _port = FreePort.Find().ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Detached_local_AWS_answers_is_emptied_and_ends()
    {
        (await RunAsync("up", "-d", "--port", _port)).Expect(0);
        try
        {
            var endpoint = new Uri($"http://127.0.0.1:{_port}");
            await FunctionDeployment.CreateAsync(endpoint, "simple", LocalStage.Simple);
            Assert.Equal(1, await FunctionsAsync());

            (await RunAsync("reset", "--port", _port)).Expect(0);
            Assert.Equal(0, await FunctionsAsync());

            var second = await RunAsync("up", "-d", "--port", _port);
            Assert.Contains("already runs", second.Expect(5).Error, StringComparison.Ordinal);
        }
        finally
        {
            (await RunAsync("down", "--port", _port)).Expect(0);
        }

        Assert.Contains("No local AWS runs", (await RunAsync("status", "--port", _port)).Expect(4).Error, StringComparison.Ordinal);
        (await RunAsync("reset", "--port", _port)).Expect(4);
        (await RunAsync("down", "--port", _port)).Expect(0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary));
    }

    [Fact]
    public async Task State_directory_keeps_functions_over_kill_9()
    {
        var state = Path.Combine(_temporary, "state");
        (await RunAsync("up", "-d", "--port", _port, "--state-dir", state)).Expect(0);
        await FunctionDeployment.CreateAsync(new Uri($"http://127.0.0.1:{_port}"), "simple", LocalStage.Simple);
        var process = (await StatusAsync()).GetProperty("pid").GetInt32();
        Signal.Send(process, Signal.Kill);
        await ProcessTree.WaitForEndAsync([process], TimeSpan.FromSeconds(20));

        (await RunAsync("up", "-d", "--port", _port, "--state-dir", state)).Expect(0);
        try
        {
            Assert.Equal(1, await FunctionsAsync());
        }
        finally
        {
            (await RunAsync("down", "--port", _port)).Expect(0);
        }
    }

    [Fact]
    public async Task Credentials_of_the_root_come_from_the_environment()
    {
        var variables = new Dictionary<string, string>
        {
            ["DAYBREAK_ROOT_CREDENTIALS"] = "AKIAROOTOFTESTS00001:first/very+secret  AKIAROOTOFTESTS00002:second:very=secret",
        };
        await using var up = RunningProgram.Start(_temporary, variables, "up", "--port", _port);
        await up.WaitForAsync("Ctrl-C");

        Assert.Equal("arn:aws:iam::444455556666:user/local-administrator", (await WhoAsync("test", "test")).Expect(0).Output.Trim());
        foreach (
            var (key, secret) in new[] { ("AKIAROOTOFTESTS00001", "first/very+secret"), ("AKIAROOTOFTESTS00002", "second:very=secret") }
        )
            Assert.Equal("arn:aws:iam::444455556666:root", (await WhoAsync(key, secret)).Expect(0).Output.Trim());
        Assert.Contains(
            "(SignatureDoesNotMatch)",
            (await WhoAsync("AKIAROOTOFTESTS00001", "second:very=secret")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("(InvalidClientTokenId)", (await WhoAsync("AKIAROOTOFTESTS00003", "third")).Error, StringComparison.Ordinal);

        up.Signal(Signal.Terminate);
        Assert.Equal(0, await up.EndsAsync());
        Assert.DoesNotContain("secret", up.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("very-secret", "pair 1 is not ACCESS_KEY_ID:SECRET")]
    [InlineData("AKIAROOTOFTESTS00001:a AKIAROOTOFTESTS00002:", "pair 2 is not ACCESS_KEY_ID:SECRET")]
    [InlineData(":very-secret", "pair 1 is not ACCESS_KEY_ID:SECRET")]
    [InlineData("AKIAROOTOFTESTS00001:very-secret AKIAROOTOFTESTS00001:b", "an access key comes twice")]
    [InlineData("test:very-secret", "an access key comes twice")]
    public async Task Credentials_that_are_none_are_a_usage_error_that_does_not_repeat_them(string value, string defect)
    {
        var variables = new Dictionary<string, string> { ["DAYBREAK_ROOT_CREDENTIALS"] = value };
        await using var up = RunningProgram.Start(_temporary, variables, "up", "--port", _port);

        Assert.Equal(2, await up.EndsAsync());

        await up.WaitForAsync($"DAYBREAK_ROOT_CREDENTIALS: {defect}.");
        Assert.DoesNotContain("very-secret", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_taken_by_another_program_is_exit_code_5_and_names_it()
    {
        using var listener = new System.Net.Sockets.TcpListener(
            System.Net.IPAddress.Loopback,
            int.Parse(_port, CultureInfo.InvariantCulture)
        );
        listener.Start();

        var run = await RunAsync("up", "--port", _port);

        Assert.Contains($"process {System.Environment.ProcessId}", run.Expect(5).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreground_ends_orderly_on_SIGTERM()
    {
        await using var up = RunningProgram.Start(_temporary, "up", "--port", _port);
        await up.WaitForAsync("Ctrl-C");

        up.Signal(Signal.Terminate);

        Assert.Equal(0, await up.EndsAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary));
    }

    [Fact]
    public async Task What_large_bodies_took_is_given_back_when_nobody_asks()
    {
        const int Clients = 8,
            Size = 40_000_000;
        await using var up = RunningProgram.Start(_temporary, "up", "--port", _port);
        await up.WaitForAsync("Ctrl-C");
        using var http = new HttpClient();
        var functions = SignedFor("POST", "/2015-03-31/functions");
        await SendAsync(1);
        var before = ResidentBytes();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => SendAsync(Size)));
        Assert.True(ResidentBytes() > before + (Size * 2L), "the bodies took nothing");

        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (ResidentBytes() > before + Size)
        {
            Assert.False(ended.IsCancellationRequested, $"{ResidentBytes()} bytes are resident, {before} before");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        // The signature is valid for another body, so that the whole body is read.
        async Task SendAsync(int size)
        {
            using var content = new ByteArrayContent(new byte[size]);
            using var answer = await http.PostAsync(functions, content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        long ResidentBytes() =>
            1024
            * long.Parse(
                File.ReadLines($"/proc/{up.Id}/status")
                    .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..]
                    .Replace("kB", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture
            );
    }

    [Fact]
    public async Task That_any_engine_version_is_taken_stands_on_the_console_and_in_the_status()
    {
        await using var up = RunningProgram.Start(_temporary, "up", "--port", _port, "--any-engine-version");
        await up.WaitForAsync("Ctrl-C");
        Assert.Contains(
            "RDS:   ANY engine version is accepted. If its major version is not installed, the nearest PostgreSQL runs under its number.",
            up.Output,
            StringComparison.Ordinal
        );

        Assert.Contains(
            "Engines     ANY: the nearest installed major runs\n",
            (await RunAsync("status", "--port", _port)).Expect(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_clock_is_shown_moved_and_made_real_again()
    {
        await using var up = RunningProgram.Start(_temporary, "up", "--port", _port);
        await up.WaitForAsync("Ctrl-C");
        Assert.EndsWith(", the real time\n", (await RunAsync("clock", "--port", _port)).Expect(0).Output, StringComparison.Ordinal);
        Assert.EndsWith(
            ", 6h30m ahead of the real clock\n",
            (await RunAsync("clock", "advance", "6h30m", "--port", _port)).Expect(0).Output,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "2031-01-02T03:04:05Z, ",
            (await RunAsync("clock", "at", "2031-01-02T03:04:05Z", "--port", _port)).Expect(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Clock       MOVED: 2031-01-02T03:0",
            (await RunAsync("status", "--port", _port)).Expect(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'soon' is no time",
            (await RunAsync("clock", "at", "soon", "--port", _port)).Expect(2).Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith(", the real time\n", (await RunAsync("clock", "real", "--port", _port)).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detached_local_AWS_takes_any_engine_version_too()
    {
        var up = (await RunAsync("up", "-d", "--port", _port, "--any-engine-version")).Expect(0);
        try
        {
            Assert.Contains("RDS:   ANY engine version is accepted.", up.Output, StringComparison.Ordinal);
            Assert.Contains(
                "Engines     ANY: the nearest installed major runs\n",
                (await RunAsync("status", "--port", _port)).Expect(0).Output,
                StringComparison.Ordinal
            );
        }
        finally
        {
            (await RunAsync("down", "--port", _port)).Expect(0);
        }
    }

    [Fact]
    public async Task A_temporary_directory_that_shuts_servers_out_is_refused_with_the_command_that_helps()
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "Servers of an ordinary user go where the user goes.");
        var shut = Directory.CreateDirectory(Path.Combine(_temporary, "shut"), (UnixFileMode)0b111_000_000).FullName;
        await using (var refused = RunningProgram.Start(shut, "up", "--port", _port))
        {
            Assert.Equal(1, await refused.EndsAsync());
            await refused.WaitForAsync(
                $"Database servers cannot enter the temporary directory {shut}/: they do not run as root, and {shut} lets nobody else through."
            );
            await refused.WaitForAsync($"Let them through: chmod o+x {shut}");
            await refused.WaitForAsync("Or choose another place: TMPDIR=/tmp ./daybreak up");
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(shut));

        File.SetUnixFileMode(shut, (UnixFileMode)0b111_000_001);
        await using var up = RunningProgram.Start(shut, "up", "--port", _port);
        await up.WaitForAsync("Ctrl-C");
    }

    private Task<Program.Finished> RunAsync(params string[] arguments) =>
        Program.RunAsync(
            new Program.Start(Launcher.File)
            {
                Arguments = arguments,
                Environment = new Dictionary<string, string> { ["TMPDIR"] = _temporary },
            }
        );

    private async Task<JsonElement> StatusAsync()
    {
        var run = (await RunAsync("status", "--json", "--port", _port)).Expect(0);
        Assert.Equal("", run.Error);
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    private Uri SignedFor(string method, string target)
    {
        var context = new SigningContext(
            new AwsCredentials("test", "test"),
            FunctionDeployment.Region,
            "lambda",
            TimeProvider.System.GetUtcNow()
        );
        var head = new RequestHead(method, target, new[] { new HttpField("Host", $"127.0.0.1:{_port}") });
        return new Uri($"http://127.0.0.1:{_port}{SigV4RequestSigner.Presign(head, [], context, 600).Request.Target}");
    }

    private Task<Program.Finished> WhoAsync(string accessKey, string secret) =>
        Program.RunAsync(
            new Program.Start("aws")
            {
                Arguments =
                [
                    "--endpoint-url",
                    $"http://127.0.0.1:{_port}",
                    "sts",
                    "get-caller-identity",
                    "--query",
                    "Arn",
                    "--output",
                    "text",
                ],
                Environment = new Dictionary<string, string>(AwsCli.Environment)
                {
                    ["AWS_ACCESS_KEY_ID"] = accessKey,
                    ["AWS_SECRET_ACCESS_KEY"] = secret,
                },
            }
        );

    private async Task<int> FunctionsAsync() =>
        (await StatusAsync()).GetProperty("services").GetProperty("lambda").GetProperty("functions").GetInt32();
}
