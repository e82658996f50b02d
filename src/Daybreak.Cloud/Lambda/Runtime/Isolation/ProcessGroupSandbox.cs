using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>No isolation but a process group of its own: where bubblewrap is missing or not allowed.</summary>
/// <param name="reason">Why bubblewrap is not used.</param>
internal sealed class ProcessGroupSandbox(string runtimeDirectory, string reason) : ISandbox
{
    public string Description => $"process group ({reason})";

    public string RuntimeDirectory => runtimeDirectory;

    public string TaskRoot(FunctionVersion function) => function.CodeDirectory;

    public string LayerDirectory(SandboxRequest request) => request.Layers ?? "/opt";

    public ChildStart Start(SandboxRequest request) => new()
    {
        Program = "/bin/sh",
        Environment = new Dictionary<string, string> { ["TMPDIR"] = request.TemporaryDirectory },
        WorkingDirectory = request.Function.CodeDirectory,
        StandardInput = request.Script,
    };
}
