using System.Collections.Concurrent;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>
/// Counts running invocations: of each function that has reserved executions, and of all others of an account in a Region together, which
/// share the rest. Refuses those over the limit.
/// </summary>
internal sealed class Concurrency(FunctionVersions versions)
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), Pool> _shared = new();
    private readonly ConcurrentDictionary<ResourceKey, Pool> _reserved = new();

    /// <summary>Takes one of the concurrent executions of a function. Disposing the result returns it.</summary>
    /// <param name="reserved">The executions that are reserved for the function; null: none are.</param>
    /// <exception cref="Aws.AwsException">TooManyRequestsException</exception>
    public Slot Enter(FunctionReference function, int? reserved)
    {
        if (reserved is { } own)
            return Take(_reserved.GetOrAdd(function.Key, static _ => new Pool()), own) ?? throw LambdaErrors.FunctionThrottled();
        var shared = _shared.GetOrAdd((function.AccountId, function.Region), static _ => new Pool());
        return Take(shared, LimitOf(shared, function)) ?? throw LambdaErrors.AccountThrottled();
    }

    // Counting reservations of all functions takes too long for every invocation.
    private int LimitOf(Pool shared, FunctionReference function)
    {
        var changes = versions.Changes;
        if (shared.Limit is { } known && known.Changes == changes)
            return known.Value;
        var limit = AccountSettings.ConcurrentExecutions - versions.ReservedIn(function.AccountId, function.Region);
        shared.Limit = new Limit(changes, limit);
        return limit;
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

        public Limit? Limit { get; set; }
    }

    /// <param name="Changes">Of which number of changes it is.</param>
    internal sealed record Limit(int Changes, int Value);
}
