using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Runtime.Debugging;

namespace Daybreak.Cloud.TestHost;

/// <summary>Appends each invocation's request id to a file, or never finishes any.</summary>
internal sealed class RecordingRuntime(string file, bool hangs) : IFunctionRuntime
{
    private readonly Lock _file = new();

    public string Isolation => "none: recording";

    public string Limits => "none";

    public string Reach => "none";

    public async ValueTask<InvocationOutcome> InvokeAsync(FunctionVersion function, Invocation invocation, CancellationToken cancellation)
    {
        if (hangs)
            await Task.Delay(Timeout.Infinite, cancellation);
        lock (_file)
            File.AppendAllText(file, invocation.RequestId + "\n");
        return new InvocationOutcome(invocation.Payload, null, default);
    }

    public void Retire(string functionArn, string? currentRevisionId) { }

    public void RetireVersion(string functionArn, string version) { }

    public void Provision(FunctionVersion function, int count) { }

    public (int Available, bool HasFailed) ProvisionedOf(string functionArn, string version) => (0, false);

    public Task<DebugSession?> DebugAsync(FunctionVersion function, DebugRequest request) => throw new NotSupportedException();

    public string? MissingProgram(string runtime) => null;

    public bool Supports(string runtime) => true;

    public string? StandInFor(string runtime) => null;

    public int EnvironmentCount => 0;

    public Task ResetAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
