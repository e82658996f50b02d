using System.Net;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.FrontDoor.SideDoors;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>Where a host name leads from a network interface: an address of this machine; null when there is no such name there.</summary>
internal delegate IPEndPoint? Resolver(string accountId, string region, string networkInterface, string hostName, int port);

/// <summary><c>--network=off</c>: every name of an API leads to the front door by a door that is always open, whatever the rules
/// say.</summary>
/// <param name="addDoor">Adds a door to the front door: names of AWS's are good there, and not at the front itself.</param>
internal sealed class OpenNetwork(Func<SideDoor> addDoor) : IDisposable
{
    private readonly Lazy<SideDoor> _door = new(() =>
    {
        var added = addDoor();
        added.Open();
        return added;
    });

    public IPEndPoint? Resolve(string accountId, string region, string networkInterface, string hostName, int port) =>
        port == ApiHost.Port && ApiHost.TryParse(hostName, out _) ? _door.Value.Address : null;

    public void Dispose()
    {
        if (_door.IsValueCreated)
            _door.Value.Dispose();
    }
}
