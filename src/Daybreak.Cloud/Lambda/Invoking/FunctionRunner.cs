using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Testing;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>
/// Runs a function once, for Invoke and for events: checks the concurrency and passes the requested version to the runtime.
/// </summary>
internal sealed class FunctionRunner(
    FunctionStore functions,
    FunctionVersions versions,
    CodeStore codes,
    Concurrency concurrency,
    IFunctionRuntime runtime,
    TestInterface tests
)
{
    // The runtime's description of a version stays the same until a change replaces the version's state.
    private readonly ConditionalWeakTable<FunctionState, FunctionVersion> _versions = [];

    /// <returns>The version that ran and its outcome; null when the function does not exist.</returns>
    /// <exception cref="Aws.AwsException">The account has too many concurrent executions.</exception>
    public ValueTask<(string Version, InvocationOutcome Outcome)?> RunAsync(
        FunctionReference reference,
        Invocation invocation,
        CancellationToken cancellation
    ) => tests.RunAsync(reference, invocation, RunItselfAsync, cancellation);

    private async ValueTask<(string Version, InvocationOutcome Outcome)?> RunItselfAsync(
        FunctionReference reference,
        Invocation invocation,
        CancellationToken cancellation
    )
    {
        if (await functions.FindReadyAsync(reference) is not { } function)
            return null;
        using var slot = concurrency.Enter(function, ReservedFor(function));
        invocation.Stream?.ExecutedVersion = function.Version;
        return (function.Version, await runtime.InvokeAsync(VersionFor(function), invocation, cancellation));
    }

    /// <summary>
    /// Starts a function whose response is wanted while it arrives. Returns when the response begins, or when the function has ended.
    /// </summary>
    /// <exception cref="Aws.AwsException">The function does not exist, or there are too many concurrent executions.</exception>
    public async ValueTask<Task<InvocationOutcome>> BeginAsync(
        FunctionReference reference,
        Invocation invocation,
        CancellationToken cancellation
    )
    {
        var stream = invocation.Stream!;
        var running = OutcomeAsync();
        await Task.WhenAny(stream.Begun, running);
        if (!running.IsCompletedSuccessfully && running.IsCompleted)
        {
            stream.Abandon();
            await running;
        }
        return running;

        async Task<InvocationOutcome> OutcomeAsync() =>
            (await RunAsync(reference, invocation, cancellation) ?? throw LambdaErrors.FunctionNotFound(reference.QualifiedArn)).Outcome;
    }

    /// <summary>The runtime's description of a version.</summary>
    public FunctionVersion VersionFor(FunctionState function) => _versions.GetValue(function, VersionOf);

    /// <summary>Whether no invocation of the function is let through, so that its events need not wait for one.</summary>
    public bool IsShut(FunctionReference reference) => versions.FindLatest(reference) is { ReservedConcurrentExecutions: 0 };

    /// <summary>Whether something stands in for a function, which need not exist then.</summary>
    public bool HasStandIn(FunctionReference reference) => tests.StandsInFor(reference);

    /// <summary>Whether the tracing of a function is active.</summary>
    public bool IsTraced(FunctionReference reference) => versions.Find(reference)?.IsTraced == true;

    private int? ReservedFor(FunctionState function) =>
        (function.Number == 0 ? function : versions.FindLatest(function.Reference))?.ReservedConcurrentExecutions;

    private FunctionVersion VersionOf(FunctionState function) =>
        new(
            function.FunctionName,
            function.Reference.UnqualifiedArn,
            function.Version,
            function.ContentRevision,
            function.Runtime,
            function.Handler,
            function.MemorySize,
            function.EphemeralStorageSize,
            TimeSpan.FromSeconds(function.Timeout),
            function.Role,
            function.AccountId,
            function.Region,
            function.LogGroup,
            codes.DirectoryOf(function.Code),
            [.. function.Layers.Select(layer => codes.DirectoryOf(layer.Code))],
            function.Environment?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty
        )
        {
            JsonLogLevel = function.Logging.ApplicationLogLevel,
            JsonSystemLogLevel = function.Logging.SystemLogLevel,
            Vpc = function.Vpc,
        };
}
