using System.Collections.Concurrent;
using System.Collections.Immutable;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>Runs a function once: takes concurrency, hands its current version to the runtime. Serves Invoke and events alike.</summary>
internal sealed class FunctionRunner(FunctionStore functions, CodeStore codes, Concurrency concurrency, IFunctionRuntime runtime)
{
    // What the runtime needs to know of a function is the same for every invocation between two changes.
    private readonly ConcurrentDictionary<ResourceKey, (FunctionState Of, FunctionVersion Version)> _versions = new();

    /// <returns>Null when the function does not exist (any more).</returns>
    /// <exception cref="Aws.AwsException">Throttled.</exception>
    public async ValueTask<InvocationOutcome?> RunAsync(FunctionReference reference, Invocation invocation, CancellationToken cancellation)
    {
        if (await functions.FindReadyAsync(reference.Key) is not { } function)
        {
            _versions.TryRemove(reference.Key, out _);
            return null;
        }
        using var slot = concurrency.Enter(reference.AccountId, reference.Region);
        return await runtime.InvokeAsync(VersionOf(reference.Key, function), invocation, cancellation);
    }

    public void Forget() => _versions.Clear();

    private FunctionVersion VersionOf(ResourceKey key, FunctionState function)
    {
        if (_versions.TryGetValue(key, out var known) && ReferenceEquals(known.Of, function))
            return known.Version;
        var version = new FunctionVersion(
            function.FunctionName,
            function.Reference.UnqualifiedArn,
            FunctionReference.Latest,
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
        _versions[key] = (function, version);
        return version;
    }
}
