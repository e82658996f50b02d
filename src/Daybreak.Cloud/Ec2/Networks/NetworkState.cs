using System.Collections.Concurrent;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>
/// The networks of all accounts and Regions. Each is an immutable value, which is read without a lock. One change after the other
/// replaces it as a whole once the change is durable.
/// </summary>
internal sealed class NetworkState : IDisposable
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), Network> _networks = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly NetworkTables _tables;
    private long _version;

    /// <summary>Raised after each change of a network, for one change at a time.</summary>
    public event Action<Network>? Changed;

    public NetworkState(StateStore store)
    {
        _tables = new NetworkTables(store);
        foreach (var network in _tables.AtStart())
            _networks[(network.AccountId, network.Region)] = network with { Version = ++_version };
    }

    /// <summary>The networks of all accounts and Regions that a request has used.</summary>
    public IEnumerable<Network> All => _networks.Values;

    /// <summary>
    /// The current network of an account in a Region. Before the first change it is the one that AWS gives to every account; its ids follow
    /// from account and Region, so that it stays the same without being stored.
    /// </summary>
    public Network Of(string accountId, string region) =>
        _networks.TryGetValue((accountId, region), out var network)
            ? network
            : _networks.GetOrAdd(
                (accountId, region),
                key => DefaultNetwork.Of(key.AccountId, key.Region) with { Version = Interlocked.Increment(ref _version) }
            );

    /// <summary>Changes a network. Completes when the change is durable; until then everybody sees the network before it.</summary>
    /// <param name="change">A pure function, which refuses the change by an exception.</param>
    /// <param name="dryRun">Whether to throw the error DryRunOperation instead of changing anything.</param>
    public async ValueTask<TResponse> ChangeAsync<TResponse>(
        string accountId,
        string region,
        Func<Network, Change<TResponse>> change,
        bool dryRun,
        CancellationToken cancellation
    )
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var before = Of(accountId, region);
            var (after, response) = change(before);
            if (dryRun)
                throw Ec2Errors.DryRun();
            if (!ReferenceEquals(before, after))
            {
                await _tables.WriteAsync(before, after);
                after = after with { Version = Interlocked.Increment(ref _version) };
                _networks[(accountId, region)] = after;
                Changed?.Invoke(after);
            }
            return response;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs the function that empties the store, and forgets all networks.</summary>
    public async Task ResetAsync(Func<Task> empty)
    {
        await _gate.WaitAsync();
        try
        {
            await empty();
            var emptied = _networks.Keys.ToList();
            _networks.Clear();
            _tables.Forget();
            emptied.ForEach(key => Changed?.Invoke(Of(key.AccountId, key.Region)));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
