using System.Collections.Concurrent;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2;

/// <summary>
/// The networks of every account and region: each an immutable value that anybody reads without a lock, replaced as a whole by one
/// change after the other, and only once the change is durable.
/// </summary>
internal sealed class NetworkState : IDisposable
{
    private readonly ConcurrentDictionary<(string AccountId, string Region), Network> networks = new();
    private readonly SemaphoreSlim gate = new(1);
    private readonly NetworkTables tables;
    private long version;

    /// <summary>Hears of each change of a network once it counts, one after the other.</summary>
    public Action<Network> Changed { get; set; } = static _ => { };

    public NetworkState(StateStore store)
    {
        tables = new NetworkTables(store);
        foreach (var network in tables.AtStart())
            networks[(network.AccountId, network.Region)] = network with { Version = ++version };
    }

    /// <summary>How many resources there are, of every account and region in which somebody asked.</summary>
    public IEnumerable<Network> All => networks.Values;

    /// <summary>
    /// The network of an account in a region as it is now. Where nothing was ever changed it is the one that AWS gives to every account;
    /// its ids follow from account and region, so that it stays the same without being kept.
    /// </summary>
    public Network Of(string accountId, string region) => networks.TryGetValue((accountId, region), out var network)
        ? network
        : networks.GetOrAdd((accountId, region), key => DefaultNetwork.Of(key.AccountId, key.Region) with { Version = Interlocked.Increment(ref version) });

    /// <summary>Changes a network. Completes when durable; until then everybody sees it as it was.</summary>
    /// <param name="change">Pure; may be refused by an exception.</param>
    /// <param name="dryRun">Ends with the error DryRunOperation instead of a change.</param>
    public async ValueTask<TResponse> ChangeAsync<TResponse>(
        string accountId, string region, Func<Network, Change<TResponse>> change, bool dryRun, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var before = Of(accountId, region);
            var (after, response) = change(before);
            if (dryRun)
                throw Ec2Errors.DryRun();
            if (!ReferenceEquals(before, after))
            {
                await tables.WriteAsync(before, after);
                after = after with { Version = Interlocked.Increment(ref version) };
                networks[(accountId, region)] = after;
                Changed(after);
            }
            return response;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Runs what empties the store, and forgets everything.</summary>
    public async Task ResetAsync(Func<Task> empty)
    {
        await gate.WaitAsync();
        try
        {
            await empty();
            var emptied = networks.Keys.ToList();
            networks.Clear();
            tables.Forget();
            emptied.ForEach(key => Changed(Of(key.AccountId, key.Region)));
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
