using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.SideDoors;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>
/// The doors of a function's environment whose processes have a network of their own: one to the APIs, at the address of the front door,
/// and one to each database, at the database's address. They are open while the function's interface has a path there.
/// </summary>
/// <param name="interfaceIn">Returns the function's interface in a network; null when it has none any more.</param>
/// <param name="services">Names of the services whose APIs are here.</param>
/// <param name="apis">The door to them.</param>
/// <param name="newSocket">Makes a TCP socket in the environment's network.</param>
/// <param name="databases">Returns the addresses of the databases of its account and Region.</param>
internal sealed class EnvironmentDoors(
    string accountId,
    string region,
    Func<Network, NetworkInterface?> interfaceIn,
    ImmutableArray<string> services,
    SideDoor apis,
    Func<Socket> newSocket,
    Func<IEnumerable<DatabaseAddress>> databases
) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ApiHost, NetworkPath> _used = [];
    private readonly Dictionary<IPEndPoint, SideDoor> _databases = [];
    private bool _gone;

    public string AccountId => accountId;

    public string Region => region;

    public SideDoor Apis => apis;

    /// <summary>The function's interface; null when it has none any more.</summary>
    public NetworkInterface? InterfaceIn(Network network) => interfaceIn(network);

    /// <summary>What policies check of a request to an API that came in here; null while there is no path to it.</summary>
    public NetworkRoute? RouteTo(string service, string apisRegion, Network network)
    {
        if (interfaceIn(network) is not { } source)
            return null;
        var host = ApiHost.Of(service, AwsRegion.Parse(apisRegion));
        var path = PathFinder.Find(network, source, host);
        if (!path.IsOpen)
            return null;
        lock (_lock)
            _used[host] = path;
        return Routes.Of(path, network);
    }

    /// <summary>Opens and shuts the doors according to the network.</summary>
    public void Follow(Network network)
    {
        lock (_lock)
        {
            if (_gone)
                return;
            var source = interfaceIn(network);
            FollowApis(network, source);
            FollowDatabases(network, source);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _gone = true;
            apis.Dispose();
            foreach (var door in _databases.Values)
                door.Dispose();
        }
    }

    private void FollowApis(Network network, NetworkInterface? source)
    {
        // Requests to several APIs share connections, so that all of these end with the path to one that was used.
        if (_used.Any(used => source is null || !IsSame(used.Value, PathFinder.Find(network, source, used.Key))))
        {
            _used.Clear();
            apis.CutConnections();
        }
        var home = AwsRegion.Parse(region);
        if (source is not null && services.Any(service => PathFinder.Find(network, source, ApiHost.Of(service, home)).IsOpen))
            apis.Open();
        else
            apis.Shut();
    }

    private void FollowDatabases(Network network, NetworkInterface? source)
    {
        var present = new Dictionary<IPEndPoint, DatabaseAddress>();
        foreach (var database in databases())
            present[database.Address] = database;
        foreach (var (address, door) in _databases.Where(known => !present.ContainsKey(known.Key)).ToList())
        {
            door.Dispose();
            _databases.Remove(address);
        }
        foreach (var (address, database) in present)
        {
            if (!_databases.TryGetValue(address, out var door))
            {
                try
                {
                    _databases[address] = door = new SideDoor(address, (_, client) => Relay.Start(client, address), newSocket);
                }
                catch (SocketException)
                {
                    continue; // the function itself listens there
                }
            }
            if (source is not null && database.IsReachedFrom(source, network))
                door.Open();
            else
                door.Shut();
        }
    }

    private static bool IsSame(NetworkPath before, NetworkPath now) =>
        now.IsOpen && before.EndpointId == now.EndpointId && Equals(before.PublicAddress, now.PublicAddress);
}

/// <summary>An address of a database.</summary>
/// <param name="Interfaces">The network interfaces of the instances that it leads to.</param>
internal sealed record DatabaseAddress(IPEndPoint Address, ImmutableArray<string> Interfaces)
{
    /// <summary>Whether there is a path to every instance that the address leads to.</summary>
    public bool IsReachedFrom(NetworkInterface source, Network network) =>
        !Interfaces.IsEmpty
        && Interfaces.All(id =>
            network.NetworkInterfaces.Find(id) is { } target && PathFinder.Find(network, source, target, Address.Port).IsOpen
        );
}
