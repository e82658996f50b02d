using System.Net;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.FrontDoor.SideDoors;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>Resolves a host name for a network interface to an address of this machine; null when it has no answer.</summary>
internal delegate IPEndPoint? Resolver(string accountId, string region, string networkInterface, string hostName, int port);

/// <summary>The resolver for <c>--network=off</c>: every name of an API leads to a side door that is always open.</summary>
/// <param name="addDoor">Adds a side door, which unlike the front door accepts requests for AWS's host names.</param>
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
