using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Postgres;

/// <summary>The endpoints of one cluster that distribute connections.</summary>
internal sealed class SpreadingEndpoints : IDisposable
{
    private readonly Dictionary<IPEndPoint, SpreadingEndpoint> _open = [];

    /// <summary>Opens exactly those addresses, each with its targets, and closes all others.</summary>
    /// <exception cref="SocketException">One of them is in use.</exception>
    public void Set(IReadOnlyCollection<(IPEndPoint Address, IReadOnlyList<IPEndPoint> Targets)> wanted)
    {
        foreach (var gone in _open.Keys.Except(wanted.Select(one => one.Address)).ToList())
        {
            _open.Remove(gone, out var endpoint);
            endpoint!.Dispose();
        }
        foreach (var (address, targets) in wanted)
        {
            if (!_open.TryGetValue(address, out var endpoint))
                _open[address] = endpoint = SpreadingEndpoint.Listen(address);
            endpoint.Targets = targets;
        }
    }

    /// <summary>Refuses connections until the next <see cref="Set"/>.</summary>
    public void Pause()
    {
        foreach (var endpoint in _open.Values)
            endpoint.Targets = [];
    }

    public void Dispose() => Set([]);
}
