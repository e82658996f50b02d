using System.Globalization;
using System.Text.Json;
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
    public async Task Port_taken_by_another_program_is_exit_code_5_and_names_it()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, int.Parse(_port, CultureInfo.InvariantCulture));
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

    private Task<Program.Finished> RunAsync(params string[] arguments) =>
        Program.RunAsync(new Program.Start(Launcher.File) { Arguments = arguments, Environment = new Dictionary<string, string> { ["TMPDIR"] = _temporary } });

    private async Task<JsonElement> StatusAsync()
    {
        var run = (await RunAsync("status", "--json", "--port", _port)).Expect(0);
        Assert.Equal("", run.Error);
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    private async Task<int> FunctionsAsync() =>
        (await StatusAsync()).GetProperty("services").GetProperty("lambda").GetProperty("functions").GetInt32();
}
