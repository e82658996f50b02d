using System.Net;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>Gives a function only a process group of its own, for machines where bubblewrap is missing or not allowed.</summary>
internal sealed class ProcessGroupSandbox : ISandbox
{
    // Survives when this process is killed, and then kills the remaining processes of functions. $0 is the runtime directory, which is
    // different for each local AWS.
    private const string Watch = """
        trap : QUIT
        sleep infinity & wait
        kill $!
        while :; do
            left=$(grep -lsxzF "LAMBDA_RUNTIME_DIR=$0" /proc/[0-9]*/environ)
            [ "$left" ] || exit 0
            for process in $left; do process=${process#/proc/}; kill -KILL "${process%/environ}"; done
            sleep 0.05
        done
        """;

    private readonly ChildProcess _watch;

    private ProcessGroupSandbox(string runtimeDirectory, string reason, ChildProcess watch) =>
        (RuntimeDirectory, Description, _watch) = (runtimeDirectory, $"process group ({reason})", watch);

    public string Description { get; }

    public string Reach =>
        "an SDK that does not know AWS_ENDPOINT_URL calls the real AWS unless the endpoint is set in the code: "
        + "without bubblewrap, functions resolve its host names as this machine does";

    public string RuntimeDirectory { get; }

    /// <param name="reason">Why bubblewrap is not used.</param>
    public static async Task<ProcessGroupSandbox> StartAsync(string runtimeDirectory, string reason)
    {
        Orphans.BecomeOurs();
        var watch = new ChildStart
        {
            Program = "/bin/sh",
            Arguments = ["-c", Watch, runtimeDirectory],
            QuitsWithItsParent = true,
        };
        return new ProcessGroupSandbox(runtimeDirectory, reason, await ChildProcess.StartAsync(watch));
    }

    public string TaskRoot(FunctionVersion function) => function.CodeDirectory;

    public string LayerDirectory(SandboxRequest request) => request.Layers ?? "/opt";

    public string NodePackages(SandboxRequest request) => request.NodePackages ?? RuntimeDirectory + "/node_modules";

    public string JavaClasses(SandboxRequest request) => request.JavaClasses!;

    public string? Locate(string path, FunctionVersion function, string? layers) => Path.GetFullPath(path, function.CodeDirectory);

    public void LogRefusedNames(int slot, Action<string> log)
    {
        // Here no name is refused.
    }

    public IPAddress AddressOf(int slot) => IPAddress.Loopback; // the name does not exist here

    public ChildStart Start(SandboxRequest request) =>
        new()
        {
            Program = "/bin/sh",
            Environment = new Dictionary<string, string> { ["TMPDIR"] = request.TemporaryDirectory },
            WorkingDirectory = request.Function.CodeDirectory,
            StandardInput = request.Script,
            Mark = "AWS_LAMBDA_LOG_STREAM_NAME=" + request.LogStream,
        };

    public ValueTask DisposeAsync() => _watch.DisposeAsync();
}
