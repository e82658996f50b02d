using System.Text.Json;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary>What a developer does all day: change the function, call it from SQL, read its log.</summary>
public sealed class DeployTests(LocalStage stage) : IDisposable
{
    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();
    private readonly string _name = "deploy-" + Guid.NewGuid().ToString("N")[..8];
    private string? _database;

    private string Port => $"{stage.Cloud.Endpoint.Port}";

    private string Source => Path.Combine(_temporary, _name);

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task A_directory_becomes_a_function_and_only_what_differs_is_changed()
    {
        Write("lambda_function.py", "def lambda_handler(event, context):\n    print('hello from the log')\n    return {'version': 1}\n");

        var made = (await DeployAsync()).Expect(0).Output;
        Assert.Contains("Handler  lambda_function.lambda_handler, python3.", made, StringComparison.Ordinal);
        Assert.Contains($"made the role {_name}-role; made the function", made, StringComparison.Ordinal);
        Assert.Equal("{\"version\": 1}", await CallAsync());
        Assert.Contains("hello from the log", (await CliAsync("logs", _name)).Expect(0).Output, StringComparison.Ordinal);

        Assert.Contains("nothing has changed", (await DeployAsync()).Expect(0).Output, StringComparison.Ordinal);

        Write("lambda_function.py", "def lambda_handler(event, context):\n    return {'version': 2}\n");
        var changed = (await DeployAsync("--json", "--timeout", "7", "--env", "STAGE=dev", "--alias", "live")).Expect(0).Output;
        var json = JsonDocument.Parse(changed).RootElement;
        Assert.Equal(
            ["changed the code", "changed Timeout, Environment", "made the alias live of version 1"],
            json.GetProperty("changes").EnumerateArray().Select(static change => change.GetString())
        );
        Assert.Equal("{\"version\": 2}", await CallAsync());
        Assert.Empty(
            JsonDocument
                .Parse((await DeployAsync("--json", "--alias", "live")).Expect(0).Output)
                .RootElement.GetProperty("changes")
                .EnumerateArray()
        );
    }

    /// <summary>The README's section: one line changes, SQL gets the new answer, and the log has the new line.</summary>
    [Fact]
    public async Task Change_call_read_the_log()
    {
        Write("lambda_function.py", File.ReadAllText(Path.Combine(Checkout.Root, "examples", "price", "lambda_function.py")));
        await using var watching = RunningProgram.Start(_temporary, "deploy", Source, "--watch", "--json", "--port", Port);
        await watching.WaitForAsync("\"event\":\"watching\"");
        await using var log = RunningProgram.Start(_temporary, "logs", _name, "-f", "--port", Port);
        Assert.Equal("{\"gross\": 119}", await CallAsync("{\"net\": 100}"));
        await log.WaitForAsync("priced 100 at 119");

        var code = File.ReadAllText(Path.Combine(Source, "lambda_function.py"));
        Write("lambda_function.py", code.Replace("1.19", "1.07", StringComparison.Ordinal));
        await watching.WaitForAsync("\"files\":[\"lambda_function.py\"]");
        Assert.Equal("{\"gross\": 107}", await CallAsync("{\"net\": 100}"));
        await log.WaitForAsync("priced 100 at 107");
    }

    [Fact]
    public async Task The_answer_of_a_call_is_on_standard_output_and_its_log_on_standard_error()
    {
        Write(
            "index.mjs",
            "export const handler = async (event) => {\n  if (event.fail) throw new TypeError('no order');\n"
                + "  for (let line = 0; line < event.lines; line++) console.log('line', line);\n  return { ok: true };\n};\n"
        );
        (await DeployAsync()).Expect(0);

        // 1. A log that is longer than the tail of the answer.
        var many = (await InvokeAsync("--payload", "{\"lines\": 300}")).Expect(0);
        Assert.Equal("{\"ok\":true}\n", many.Output);
        Assert.StartsWith("START RequestId: ", many.Error, StringComparison.Ordinal);
        Assert.Equal(300, many.Error.Split("INFO\tline ").Length - 1);
        Assert.Contains("REPORT RequestId: ", many.Error, StringComparison.Ordinal);

        // 2. An error.
        var path = Path.Combine(_temporary, "event.json");
        File.WriteAllText(path, "{\"fail\": true}");
        var failed = (await InvokeAsync("--payload", "@" + path, "--no-log")).Expect(7);
        Assert.Contains("\"errorType\":\"TypeError\"", failed.Output, StringComparison.Ordinal);
        Assert.Contains("The function ended in an error: TypeError: no order\n    at ", failed.Error, StringComparison.Ordinal);

        // 3. For programs, as an event, and by a wrong name.
        var json = JsonDocument.Parse((await InvokeAsync("--json")).Expect(0).Output).RootElement;
        Assert.True(json.GetProperty("payload").GetProperty("ok").GetBoolean());
        Assert.Equal("", (await InvokeAsync("--event")).Expect(0).Output);
        var wrong = (await CliAsync("invoke", _name + "x")).Expect(1);
        Assert.Contains($"Did you mean {_name}?", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_cannot_run_is_refused_with_file_and_line()
    {
        Write("lambda_function.py", "def lambda_handler(event, context):\n    return 1\ndef broken(:\n");

        var refused = (await DeployAsync()).Expect(1).Error;

        Assert.Contains($"{Source}/lambda_function.py:3: SyntaxError", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_and_a_local_AWS_that_does_not_run_are_told()
    {
        Write("index.mjs", "export const handler = async () => 1;\n");

        Assert.Contains(
            "There is no role called nobody.",
            (await DeployAsync("--role", "nobody")).Expect(1).Error,
            StringComparison.Ordinal
        );
        var port = $"{FreePort.Find()}";
        var refused = (await CliAsync(port, ["deploy", Source])).Expect(4).Error;
        Assert.Contains($"up -d --port {port}", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_saved_is_deployed_while_it_is_watched()
    {
        Write("lambda_function.py", "def lambda_handler(event, context):\n    return 'first'\n");
        await using var watching = RunningProgram.Start(_temporary, "deploy", Source, "--watch", "--port", Port);
        await watching.WaitForAsync("watching");
        Assert.Equal("\"first\"", await CallAsync());

        // 1. Saved as editors do: written beside, then renamed.
        Write("lambda_function.py~new", "def lambda_handler(event, context):\n    return 'second'\n");
        File.Move(Path.Combine(Source, "lambda_function.py~new"), Path.Combine(Source, "lambda_function.py"), overwrite: true);
        await watching.WaitForAsync("deployed lambda_function.py");
        Assert.Equal("\"second\"", await CallAsync());

        // 2. Code that cannot run changes nothing.
        Write("lambda_function.py", "def lambda_handler(event, context:\n    return 'third'\n");
        await watching.WaitForAsync("lambda_function.py:1: SyntaxError");
        Assert.Equal("\"second\"", await CallAsync());

        // 3. A checkout of many files is a deployment or two.
        for (var number = 0; number < 1000; number++)
            Write($"data/{number}.txt", "x");
        Write("lambda_function.py", "import os\ndef lambda_handler(event, context):\n    return len(os.listdir('data'))\n");
        await UntilAsync("1000");
        Assert.InRange(watching.Output.Split(" deployed ").Length - 1, 2, 8);

        // 4. The directory goes, and comes back.
        Directory.Move(Source, Source + "-away");
        Assert.Equal("1000", await CallAsync());
        Directory.Delete(Source + "-away", recursive: true);
        Write("lambda_function.py", "def lambda_handler(event, context):\n    return 'back'\n");
        await UntilAsync("\"back\"");

        watching.Signal(Signal.Interrupt);
        Assert.Equal(0, await watching.EndsAsync());
    }

    [Fact]
    public async Task Where_the_kernel_watches_no_more_files_are_looked_at()
    {
        Write("lambda_function.py", "def lambda_handler(event, context):\n    return 'first'\n");
        // In a user namespace of its own the kernel gives this process no watch.
        await using var watching = RunningProgram.StartProgram(
            _temporary,
            "unshare",
            "--user",
            "--map-root-user",
            "sh",
            "-c",
            "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"",
            "sh",
            Path.Combine(Checkout.Build, "cli", "daybreak"),
            "deploy",
            Source,
            "--watch",
            "--port",
            Port
        );
        await watching.WaitForAsync("The files are looked at ten times a second instead.");
        await watching.WaitForAsync("watching");
        Assert.Equal("\"first\"", await CallAsync());
        Write("lambda_function.py", "def lambda_handler(event, context):\n    return 'second'\n");
        await watching.WaitForAsync("deployed lambda_function.py");
        Assert.Equal("\"second\"", await CallAsync());

        watching.Signal(Signal.Interrupt);
        Assert.Equal(0, await watching.EndsAsync());
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private Task<Program.Finished> DeployAsync(params string[] more) => CliAsync(["deploy", Source, .. more]);

    private Task<Program.Finished> InvokeAsync(params string[] more) => CliAsync(["invoke", _name, .. more]);

    private Task<Program.Finished> CliAsync(params string[] arguments) => CliAsync(Port, arguments);

    private static Task<Program.Finished> CliAsync(string port, string[] arguments) =>
        Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Build, "cli", "daybreak"))
            {
                Arguments = [.. arguments, "--port", port],
                Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" },
            }
        );

    private async Task<string> CallAsync(string payload = "{}")
    {
        await using var source = stage.Postgres.Connect(_database ??= await stage.Postgres.CreateDatabaseAsync());
        // A machine that runs other tests beside this one starts processes slowly.
        await using var command = source.CreateCommand(
            $"SET aws_lambda.request_timeout_ms = 60000; SELECT payload::text FROM aws_lambda.invoke('{_name}', '{payload}'::json)"
        );
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task UntilAsync(string expected)
    {
        while (await CallAsync() != expected)
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }
}
