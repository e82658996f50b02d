using System.Collections.Concurrent;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>
/// The networks of every account and region: each an immutable value that anybody reads without a lock, replaced as a whole by one
/// change after the other, and only once the change is durable.
/// </summary>
internal sealed class NetworkState : IDisposable
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), Network> _networks = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly NetworkTables _tables;
    private long _version;

    /// <summary>Raised for each change of a network once it is in force, one after the other.</summary>
    public event Action<Network>? Changed;

    public NetworkState(StateStore store)
    {
        _tables = new NetworkTables(store);
        foreach (var network in _tables.AtStart())
            _networks[(network.AccountId, network.Region)] = network with { Version = ++_version };
    }

    /// <summary>How many resources there are, of every account and region in which somebody asked.</summary>
    public IEnumerable<Network> All => _networks.Values;

    /// <summary>
    /// The network of an account in a region as it is now. Where nothing was ever changed it is the one that AWS gives to every account;
    /// its ids follow from account and region, so that it stays the same without being kept.
    /// </summary>
    public Network Of(string accountId, string region) =>
        _networks.TryGetValue((accountId, region), out var network)
            ? network
            : _networks.GetOrAdd(
                (accountId, region),
                key => DefaultNetwork.Of(key.AccountId, key.Region) with { Version = Interlocked.Increment(ref _version) }
            );

    /// <summary>Changes a network. Completes when durable; until then everybody sees it as it was.</summary>
    /// <param name="change">Pure; may be refused by an exception.</param>
    /// <param name="dryRun">Ends with the error DryRunOperation instead of a change.</param>
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

    /// <summary>Runs what empties the store, and forgets everything.</summary>
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
