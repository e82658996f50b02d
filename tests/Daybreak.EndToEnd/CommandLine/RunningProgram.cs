using System.Diagnostics;
using System.Text;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary>The published program, running, with a temporary directory of its own to look into afterwards.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(Process process, string directory)
    {
        (_process, TemporaryDirectory) = (process, directory);
        process.OutputDataReceived += (_, line) => Received(line.Data);
        process.ErrorDataReceived += (_, line) => Received(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string TemporaryDirectory { get; }

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
                return _output.ToString();
        }
    }

    public static RunningProgram Start(string temporaryDirectory, params string[] arguments) =>
        Start(temporaryDirectory, new Dictionary<string, string>(), arguments);

    public static RunningProgram Start(
        string temporaryDirectory,
        IReadOnlyDictionary<string, string> variables,
        params string[] arguments
    ) => Start(temporaryDirectory, Path.Combine(Checkout.Build, "cli", "daybreak"), variables, arguments);

    /// <summary>Another program.</summary>
    public static RunningProgram StartProgram(string temporaryDirectory, string program, params string[] arguments) =>
        Start(temporaryDirectory, program, new Dictionary<string, string>(), arguments);

    private static RunningProgram Start(
        string temporaryDirectory,
        string program,
        IReadOnlyDictionary<string, string> variables,
        string[] arguments
    )
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        info.Environment["TMPDIR"] = temporaryDirectory;
        info.Environment["DOTNET_EnableDiagnostics"] = "0"; // as the launcher does
        return new RunningProgram(Process.Start(info)!, temporaryDirectory);
    }

    /// <summary>A directory that other users may pass, as /tmp is: PostgreSQL runs as one.</summary>
    public static string CreateTemporaryDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("e2e").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_001_001);
        return directory;
    }

    /// <summary>Returns when the program has written <paramref name="text"/>.</summary>
    public async Task WaitForAsync(string text)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Task written;
            lock (_lock)
            {
                if (_output.ToString().Contains(text, StringComparison.Ordinal))
                    return;
                Assert.False(_process.HasExited, $"ended with {(_process.HasExited ? _process.ExitCode : 0)}:\n{_output}");
                written = _written.Task;
            }

            var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var late = Task.Delay(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
            Assert.False(await Task.WhenAny(written, ended, late) == late, $"\"{text}\" was not written:\n{Output}");
        }
    }

    public void Signal(int signal) => Stage.Signal.Send(Id, signal);

    public Task WaitForEndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public async Task<int> EndsAsync()
    {
        var late = Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(_process.WaitForExitAsync(TestContext.Current.CancellationToken), late);
        Assert.False(first == late, $"runs on:\n{Output}");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal(Stage.Signal.Kill);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Received(string? line)
    {
        lock (_lock)
        {
            _output.AppendLine(line);
            _written.TrySetResult();
            _written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
