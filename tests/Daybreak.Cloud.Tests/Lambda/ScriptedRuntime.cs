using System.Collections.Concurrent;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Runtime.Debugging;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>Runs functions in the test instead of in processes: calls <see cref="Run"/> and records the calls.</summary>
internal sealed class ScriptedRuntime : IFunctionRuntime
{
    /// <summary>Echoes unless a test says otherwise.</summary>
    public Func<FunctionVersion, Invocation, CancellationToken, ValueTask<InvocationOutcome>> Run { get; set; } =
        static (_, invocation, _) => ValueTask.FromResult(Result(invocation.Payload));

    public ConcurrentQueue<(FunctionVersion Function, Invocation Invocation)> Calls { get; } = new();

    public ConcurrentQueue<(string Arn, string? RevisionId)> Retired { get; } = new();

    public int Resets { get; private set; }

    public string Isolation => "none: scripted";

    public string Limits => "none";

    public string Reach => "none";

    public static InvocationOutcome Result(ReadOnlyMemory<byte> payload) => new(payload, null, "START\nEND\n"u8.ToArray());

    public static InvocationOutcome Failure(string payload) => new(Encoding.UTF8.GetBytes(payload), "Unhandled", default);

    public ValueTask<InvocationOutcome> InvokeAsync(FunctionVersion function, Invocation invocation, CancellationToken cancellation)
    {
        Calls.Enqueue((function, invocation));
        return Run(function, invocation, cancellation);
    }

    public void Retire(string functionArn, string? currentRevisionId) => Retired.Enqueue((functionArn, currentRevisionId));

    public void RetireVersion(string functionArn, string version) => Retired.Enqueue(($"{functionArn}:{version}", null));

    /// <summary>What is to be kept, by ARN with version.</summary>
    public ConcurrentDictionary<string, (FunctionVersion Function, int Count)> Kept { get; } = new();

    public void Provision(FunctionVersion function, int count) => Kept[$"{function.FunctionArn}:{function.Version}"] = (function, count);

    public (int Available, bool HasFailed) ProvisionedOf(string functionArn, string version) =>
        (Kept.GetValueOrDefault($"{functionArn}:{version}").Count, false);

    public Task<DebugSession?> DebugAsync(FunctionVersion function, DebugRequest request) => throw new NotSupportedException();

    public string? MissingProgram(string runtime) => runtime.StartsWith("ruby", StringComparison.Ordinal) ? "ruby" : null;

    public bool Supports(string runtime) => true;

    public string? StandInFor(string runtime) => null;

    public int EnvironmentCount => 0;

    public Task ResetAsync()
    {
        Resets++;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
