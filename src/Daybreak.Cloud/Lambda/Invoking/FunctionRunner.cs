using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>Runs a function once: takes concurrency, hands the version that is meant to the runtime. Serves Invoke and events.</summary>
internal sealed class FunctionRunner(FunctionStore functions, CodeStore codes, Concurrency concurrency, IFunctionRuntime runtime)
{
    // What the runtime needs to know of a version is the same for every invocation until a change puts a new state in its place.
    private readonly ConditionalWeakTable<FunctionState, FunctionVersion> _versions = [];

    /// <returns>The version that ran and its outcome; null when the function does not exist (any more).</returns>
    /// <exception cref="Aws.AwsException">Throttled.</exception>
    public async ValueTask<(string Version, InvocationOutcome Outcome)?> RunAsync(
        FunctionReference reference,
        Invocation invocation,
        CancellationToken cancellation
    )
    {
        if (await functions.FindReadyAsync(reference) is not { } function)
            return null;
        using var slot = concurrency.Enter(reference.AccountId, reference.Region);
        return (function.Version, await runtime.InvokeAsync(_versions.GetValue(function, VersionOf), invocation, cancellation));
    }

    private FunctionVersion VersionOf(FunctionState function) =>
        new(
            function.FunctionName,
            function.Reference.UnqualifiedArn,
            function.Version,
            function.RevisionId,
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
            [],
            function.Environment?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty
        );
}
