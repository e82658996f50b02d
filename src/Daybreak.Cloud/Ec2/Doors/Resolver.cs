using System.Net;
using Daybreak.Cloud.Ec2.Reachability;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>Where a host name leads from a network interface: an address of this machine; null when there is no such name there.</summary>
internal delegate IPEndPoint? Resolver(string accountId, string region, string networkInterface, string hostName, int port);

/// <summary><c>--network=off</c>: every name of an API leads to the front door itself, whatever the rules say.</summary>
/// <param name="frontDoor">Known once its port is bound.</param>
internal sealed class OpenNetwork(IPAddress address, Func<Uri> frontDoor)
{
    public IPEndPoint? Resolve(string accountId, string region, string networkInterface, string hostName, int port) =>
        port == ApiHost.Port && ApiHost.TryParse(hostName, out _) ? new IPEndPoint(address, frontDoor().Port) : null;
}
