using System.Collections.Concurrent;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>
/// Counts running invocations: of each version that environments are provisioned for, of each function that has reserved executions, and of
/// all others of an account in a Region together, which share the rest. Refuses those over the limit.
/// </summary>
internal sealed class Concurrency(FunctionVersions versions)
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), Pool> _shared = new();
    private readonly ConcurrentDictionary<ResourceKey, Pool> _own = new();
    private ConcurrencyShares? _shares;

    /// <summary>Takes one of the concurrent executions of a version. Disposing the result returns it.</summary>
    /// <param name="reserved">The executions that are reserved for its function; null: none are.</param>
    /// <exception cref="Aws.AwsException">TooManyRequestsException</exception>
    public Slot Enter(FunctionState version, int? reserved)
    {
        var shares = Shares();
        if (
            shares.ProvisionedFor(version) is > 0 and var provisioned
            && Take(Own(version.Reference.KeyOf(version.Version)), provisioned) is { } slot
        )
            return slot;
        if (reserved is { } own)
        {
            var function = version.Reference.Key;
            return Take(Own(function), own - shares.ProvisionedOf(function)) ?? throw LambdaErrors.FunctionThrottled();
        }
        var shared = _shared.GetOrAdd((version.AccountId, version.Region), static _ => new Pool());
        return Take(shared, shares.UnreservedIn(version.AccountId, version.Region)) ?? throw LambdaErrors.AccountThrottled();
    }

    private Pool Own(ResourceKey key) => _own.GetOrAdd(key, static _ => new Pool());

    // Looking at all functions takes too long for every invocation.
    private ConcurrencyShares Shares()
    {
        var shares = _shares;
        return shares?.Changes == versions.Changes ? shares : _shares = ConcurrencyShares.Of(versions);
    }

    private static Slot? Take(Pool pool, int limit)
    {
        if (Interlocked.Increment(ref pool.Running) <= limit)
            return new Slot(pool);
        Interlocked.Decrement(ref pool.Running);
        return null;
    }

    public readonly struct Slot : IDisposable
    {
        private readonly Pool _pool;

        internal Slot(Pool pool) => _pool = pool;

        public void Dispose() => Interlocked.Decrement(ref _pool.Running);
    }

    internal sealed class Pool
    {
        public int Running;
    }
}
