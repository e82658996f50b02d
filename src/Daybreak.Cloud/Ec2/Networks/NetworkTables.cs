using System.Collections.Immutable;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>Networks on disk: one row per resource, and one per network that was ever changed.</summary>
internal sealed class NetworkTables(StateStore store)
{
    // Distinguishes a network whose default VPC was deleted from one that was never changed.
    private const string Marker = "network";

    private readonly DocumentTable<NetworkMarker> _markers = store.Documents("network", Ec2Json.Default.NetworkMarker);
    private readonly ImmutableArray<IResourceRows> _rows = [.. ResourceSets.All.Select(set => set.Open(store)).OfType<IResourceRows>()];
    private readonly HashSet<(string AccountId, string Region)> _kept = [];

    public IEnumerable<Network> AtStart()
    {
        foreach (var (key, _) in _markers.AtStart)
        {
            _kept.Add((key.AccountId, key.Region));
            var network = new Network { AccountId = key.AccountId, Region = key.Region };
            yield return _rows.Aggregate(network, static (read, rows) => rows.ReadInto(read));
        }
    }

    /// <summary>Writes the differences in one transaction. Completes when they are durable.</summary>
    public async Task WriteAsync(Network before, Network after)
    {
        var owner = (after.AccountId, after.Region);
        var rows = new List<Row>();
        var isNew = !_kept.Contains(owner);
        if (isNew)
        {
            before = new Network { AccountId = after.AccountId, Region = after.Region };
            rows.Add(_markers.RowOf(new ResourceKey(after.AccountId, after.Region, Marker), new NetworkMarker()));
        }
        rows.AddRange(_rows.SelectMany(kept => kept.Changes(before, after)));
        await store.WriteAsync(rows);
        if (isNew)
            _kept.Add(owner);
    }

    /// <summary>To be called after the store was emptied.</summary>
    public void Forget() => _kept.Clear();
}

internal sealed record NetworkMarker;
