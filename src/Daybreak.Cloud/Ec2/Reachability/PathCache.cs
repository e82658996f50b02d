using System.Collections.Concurrent;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Caches the path of each interface to each host until the network changes.</summary>
/// <param name="networkOf">Returns the current network of an account in a Region.</param>
internal sealed class PathCache(Func<string, string, Network> networkOf)
{
    // Clients choose the host names, so the size is limited.
    private const int Most = 4096;

    private readonly ConcurrentDictionary<(string Account, string Interface, ApiHost Host), Known> _known = new();

    /// <summary>The path; null when the interface does not exist.</summary>
    public NetworkPath? Find(string account, string region, string networkInterface, ApiHost host)
    {
        var network = networkOf(account, region);
        var key = (account, networkInterface, host);
        if (_known.TryGetValue(key, out var last) && last.Version == network.Version)
            return last.Path;
        if (network.NetworkInterfaces.Find(networkInterface) is not { } source)
        {
            _known.TryRemove(key, out _);
            return null;
        }
        if (_known.Count >= Most)
            _known.Clear();
        var path = PathFinder.Find(network, source, host);
        _known[key] = new Known(network.Version, path);
        return path;
    }

    private sealed record Known(long Version, NetworkPath Path);
}
