using System.Globalization;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary>A function that a process of the developer serves.</summary>
public sealed class DebugTests(LocalStage stage) : IDisposable
{
    /// <summary>What an editor does: attaches to debugpy, stops at a line, looks at a variable, and goes on when a file is there.</summary>
    private const string Editor = """
        import json, os, socket, sys, time
        port, source, line, go_on = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
        while True:
            try:
                connection = socket.create_connection(('127.0.0.1', port))
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        stream, number = connection.makefile('rwb'), 0

        def ask(command, arguments):
            global number
            number += 1
            body = json.dumps({'seq': number, 'type': 'request', 'command': command, 'arguments': arguments}).encode()
            stream.write(b'Content-Length: %d\r\n\r\n%s' % (len(body), body))
            stream.flush()
            return number

        def read():
            length = 0
            while (head := stream.readline().strip()):
                if head.lower().startswith(b'content-length:'):
                    length = int(head.split(b':')[1])
            return json.loads(stream.read(length))

        def until(wanted):
            while not wanted(message := read()):
                pass
            return message

        def answer(command, arguments):
            seq = ask(command, arguments)
            return until(lambda m: m['type'] == 'response' and m['request_seq'] == seq)

        answer('initialize', {'adapterID': 'test', 'pathFormat': 'path'})
        attached = ask('attach', {'justMyCode': False})
        until(lambda m: m.get('event') == 'initialized')
        answer('setBreakpoints', {'source': {'path': source}, 'breakpoints': [{'line': line}]})
        answer('configurationDone', {})
        print('waiting', flush=True)
        stopped = until(lambda m: m.get('event') == 'stopped')['body']
        frame = answer('stackTrace', {'threadId': stopped['threadId']})['body']['stackFrames'][0]
        value = answer('evaluate', {'expression': 'event', 'frameId': frame['id']})['body']['result']
        print('stopped in', frame['name'], 'with', value, flush=True)
        while not os.path.exists(go_on):
            time.sleep(0.05)
        answer('continue', {'threadId': stopped['threadId']})
        sys.stdin.read()
        """;

    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();
    private readonly string _name = "debug-" + Guid.NewGuid().ToString("N")[..8];

    private string Port => $"{stage.Cloud.Endpoint.Port}";

    private string Source => Path.Combine(_temporary, _name);

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task A_breakpoint_holds_a_call_beyond_the_time_out_of_the_function()
    {
        await DeployAsync(
            "lambda_function.py",
            "import os\n\ndef lambda_handler(event, context):\n    total = event['net'] + 1\n"
                + "    return [total, os.getpid(), os.environ['AWS_LAMBDA_FUNCTION_NAME']]\n",
            "--timeout",
            "1"
        );
        var (port, go) = (FreePort.Find().ToString(CultureInfo.InvariantCulture), Path.Combine(_temporary, "go"));
        await using var debugging = Debug("--", "/usr/bin/python3", "-m", "debugpy", "--listen", $"127.0.0.1:{port}", "{}");
        await debugging.WaitForAsync("Attached");
        var script = Path.Combine(_temporary, "editor.py");
        File.WriteAllText(script, Editor);
        await using var editor = RunningProgram.StartProgram(
            _temporary,
            "/usr/bin/python3",
            script,
            port,
            Path.Combine(Source, "lambda_function.py"),
            "4",
            go
        );
        await editor.WaitForAsync("waiting");

        var call = InvokeAsync("{\"net\": 41}");
        await editor.WaitForAsync("stopped in lambda_handler with {'net': 41}");
        // Twice the time-out of the function, which would have ended it in an environment.
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.False(call.IsCompleted);
        File.WriteAllText(go, "");

        Assert.StartsWith("[42, ", await call, StringComparison.Ordinal);
        await debugging.WaitForAsync("answered after");
    }

    [Fact]
    public async Task When_the_process_ends_or_debug_is_killed_the_function_is_served_as_before()
    {
        await DeployAsync(
            "index.mjs",
            "export const handler = async () => [process.pid === 2 || !process.env.DAYBREAK_DEBUGGED, process.execArgv];\n"
        );
        Assert.StartsWith("[true,", await InvokeAsync(), StringComparison.Ordinal);

        // 1. Started by debug, with an inspector. There is one session of a function.
        await using (var debugging = Debug("--", "node", "--inspect=127.0.0.1:0", "{}"))
        {
            await debugging.WaitForAsync("Attached");
            Assert.Equal("[false,[\"--inspect=127.0.0.1:0\"]]", await InvokeAsync());
            await using var second = Debug();
            await second.WaitForEndAsync();
            Assert.Contains("already", second.Output, StringComparison.Ordinal);
            debugging.Signal(Signal.Interrupt);
            Assert.Equal(0, await debugging.EndsAsync());
        }
        Assert.StartsWith("[true,", await InvokeAsync(), StringComparison.Ordinal);

        // 2. Started by hand, with the printed variables and command. It dies, and another one comes.
        await using var session = Debug();
        await session.WaitForAsync("SET aws_lambda.request_timeout_ms");
        for (var round = 1; round <= 2; round++)
        {
            await using var process = RunningProgram.StartProgram(_temporary, "/bin/sh", "-c", ByHand(session.Output));
            await Until(session, "Attached", round);
            Assert.StartsWith("[false,", await InvokeAsync(), StringComparison.Ordinal);
            process.Signal(Signal.Kill);
            await Until(session, "Detached", round);
            Assert.StartsWith("[true,", await InvokeAsync(), StringComparison.Ordinal);
        }

        // 3. Debug itself is killed while a process is attached.
        await using var last = RunningProgram.StartProgram(_temporary, "/bin/sh", "-c", ByHand(session.Output));
        await Until(session, "Attached", 3);
        session.Signal(Signal.Kill);
        while (!(await InvokeAsync()).StartsWith("[true,", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_program_for_dotnet_serves_it()
    {
        Directory.CreateDirectory(Source);
        var built = Path.Combine(AppContext.BaseDirectory);
        foreach (var file in Directory.EnumerateFiles(built, "Daybreak.Tests.Executable.*"))
            File.Copy(file, Path.Combine(Source, Path.GetFileName(file)));
        await CliAsync("deploy", Source);
        await using var debugging = Debug("--", "dotnet", "Daybreak.Tests.Executable.dll");
        await debugging.WaitForAsync("Attached");

        Assert.Contains("\"by\":\"executable\"", await InvokeAsync(), StringComparison.Ordinal);
        await debugging.WaitForAsync("answered after");
    }

    // The lines from the first export to the last, and the two of the command.
    private static string ByHand(string printed)
    {
        var lines = printed.Split('\n');
        var exports = lines.Where(static line => line.StartsWith("export ", StringComparison.Ordinal));
        var cd = Array.FindIndex(lines, static line => line.StartsWith("cd ", StringComparison.Ordinal));
        return string.Join(
            '\n',
            [.. exports, lines[cd], "exec " + lines[cd + 1].Replace("--inspect-brk=127.0.0.1:9229 ", "", StringComparison.Ordinal)]
        );
    }

    private static async Task Until(RunningProgram program, string text, int times)
    {
        while (program.Output.Split(text).Length - 1 < times)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private RunningProgram Debug(params string[] more) =>
        RunningProgram.Start(_temporary, ["debug", _name, "--dir", Source, "--port", Port, .. more]);

    private async Task DeployAsync(string file, string code, params string[] more)
    {
        Directory.CreateDirectory(Source);
        File.WriteAllText(Path.Combine(Source, file), code);
        await CliAsync(["deploy", Source, .. more]);
    }

    private async Task<string> InvokeAsync(string payload = "{}") =>
        await LocalApi.SendAsync(
            stage.Cloud.Endpoint,
            "lambda",
            $"/2015-03-31/functions/{_name}/invocations",
            "application/json",
            System.Text.Encoding.UTF8.GetBytes(payload)
        );

    private async Task CliAsync(params string[] arguments) =>
        (
            await Program.RunAsync(
                new Program.Start(Path.Combine(Checkout.Build, "cli", "daybreak"))
                {
                    Arguments = [.. arguments, "--port", Port],
                    Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" },
                }
            )
        ).Expect(0);
}
