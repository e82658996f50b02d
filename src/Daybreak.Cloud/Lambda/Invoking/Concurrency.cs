using System.Collections.Concurrent;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>Counts running invocations per account and Region, and refuses those over the account's limit.</summary>
internal sealed class Concurrency
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), Pool> _pools = new();

    /// <summary>Takes one of the account's concurrent executions. Disposing the result returns it.</summary>
    /// <exception cref="Aws.AwsException">TooManyRequestsException</exception>
    public Slot Enter(string accountId, string region)
    {
        var pool = _pools.GetOrAdd((accountId, region), static _ => new Pool());
        if (Interlocked.Increment(ref pool.Running) > AccountSettings.ConcurrentExecutions)
        {
            Interlocked.Decrement(ref pool.Running);
            throw LambdaErrors.AccountThrottled();
        }
        return new Slot(pool);
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
