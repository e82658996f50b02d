using System.Collections.Concurrent;

namespace Daybreak.Bridge.Http;

/// <summary>One pool per endpoint; idle connections are closed and removed in the background.</summary>
public sealed class EndpointPools : IDisposable
{
    /// <summary>Shorter than the keep-alive of the usual load balancers (60 s), so that they rarely close first.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<HttpEndpoint, EndpointPool> _pools = new();
    private readonly Func<HttpEndpoint, EndpointPool> _create;
    private readonly ITimer _sweeper;

    public EndpointPools(int connectionsPerEndpoint, Dialer dialer, TimeProvider time)
    {
        _create = endpoint => new EndpointPool(endpoint, connectionsPerEndpoint, dialer, time);
        _sweeper = time.CreateTimer(static state => ((EndpointPools)state!).Sweep(), this, SweepEvery, SweepEvery);
    }

    public IEnumerable<EndpointPool> All => _pools.Values;

    public EndpointPool For(HttpEndpoint endpoint) => _pools.GetOrAdd(endpoint, _create);

    public void Dispose() => _sweeper.Dispose();

    // A caller may still hold a pool that was removed: it serves that caller, but keeps nothing afterwards.
    private void Sweep()
    {
        foreach (var (endpoint, pool) in _pools)
            if (pool.Sweep(IdleFor))
                _pools.TryRemove(endpoint, out _);
    }
}
