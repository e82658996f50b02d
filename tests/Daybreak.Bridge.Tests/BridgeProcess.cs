using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

/// <summary>The real program as a child process, with its standard input held open as the worker would.</summary>
public sealed partial class BridgeProcess : IAsyncDisposable
{
    /// <summary>The native file that is shipped; without a build of it (started from an IDE) the managed one of the tests.</summary>
    public static readonly string Program = Environment.GetEnvironmentVariable("DAYBREAK_BUILD") is { Length: > 0 } build
        ? Path.Combine(build, "bridge", "daybreak-bridge")
        : Path.Combine(AppContext.BaseDirectory, "daybreak-bridge");

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <param name="directory">Working directory; the socket is <c>s</c> in it, named relatively.</param>
    /// <param name="variables">All variables of AWS that it has.</param>
    /// <param name="before">A command that becomes the program, which is what follows its last argument.</param>
    public BridgeProcess(string directory, IReadOnlyDictionary<string, string>? variables = null, params string[] before)
    {
        Directory = directory;
        string[] command = [.. before, Program, "--socket", "s", "--max-connections", "8"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        // A test does not use this machine's profile or metadata unless it says so.
        start.Environment["HOME"] = directory;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_REGION"] = "us-west-2";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    public static Dictionary<string, string> Keys =>
        new() { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "very-secret-key" };

    public string Directory { get; }
    public string SocketPath => Path.Combine(Directory, "s");

    /// <summary>The directory is another one for the process, which has mounts of its own; only root finds its socket then.</summary>
    public bool HasOwnDirectory { get; init; }

    public int Id => _process.Id;

    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Returns when the standard error holds <paramref name="text"/>; fails when the test's time is over.</summary>
    public async Task HasLoggedAsync(string text)
    {
        while (!Errors.Contains(text, StringComparison.Ordinal))
            await Task.Delay(5, Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<BackendClient> ConnectAsync()
    {
        while (true)
        {
            Assert.False(_process.HasExited, Errors);
            try
            {
                return await BackendClient.ConnectAsync(HasOwnDirectory ? $"/proc/{Id}/cwd/s" : SocketPath);
            }
            catch (SocketException)
            {
                await Task.Delay(5, Cancel);
            }
        }
    }

    public async Task<Answer> InvokeAsync(Call call)
    {
        using var client = await ConnectAsync();
        return await client.InvokeAsync(call);
    }

    public void Signal(PosixSignal signal) => Assert.Equal(0, Kill(Id, signal == PosixSignal.SIGTERM ? 15 : 2));

    public void KillAtOnce() => _process.Kill();

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
