using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.SideDoors;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>
/// Enforces the result of <see cref="PathFinder"/>: a server in a network connects to each API through a side door of its own, which is
/// shut while there is no path. The door is made when the API's name is first resolved.
/// </summary>
/// <param name="networkOf">Returns the current network of an account in a Region.</param>
/// <param name="addDoor">Adds a door to the front door.</param>
/// <param name="interfaceOf">Returns the network interface that a caller's requests must come from; null when they may come from
/// anywhere.</param>
internal sealed class NetworkDoors(
    Func<string, string, Network> networkOf,
    Func<IPAddress, SideDoor> addDoor,
    Func<Caller, (string AccountId, string Region, string Id)?> interfaceOf
) : INetworkRoutes, IDisposable
{
    // SQL chooses the names, so the number of doors that it can make is limited.
    private const int MostOfAnInterface = 32;

    private readonly PathCache _paths = new(networkOf);
    private readonly Lock _lock = new();
    private readonly Dictionary<PassageKey, Passage> _passages = [];
    private readonly ConcurrentDictionary<SideDoor, Passage> _byDoor = new();
    private readonly ConcurrentDictionary<SideDoor, EnvironmentDoors> _environments = new();

    // An access key keeps one caller object until policies change, so that its interface is looked up once and not for each request.
    private readonly ConditionalWeakTable<Caller, StrongBox<(string AccountId, string Region, string Id)?>> _interfaces = [];

    /// <summary>Resolves a host name for an interface to an address of this machine; null when the network's resolver has no
    /// answer.</summary>
    public IPEndPoint? Resolve(string accountId, string region, string networkInterface, string hostName, int port)
    {
        if (port != ApiHost.Port || !ApiHost.TryParse(hostName, out var host))
            return null;
        lock (_lock)
        {
            var key = new PassageKey(accountId, region, networkInterface, host);
            if (PathOf(key) is not { } path || !path.Hops[0].Passes)
                return null;
            if (!_passages.TryGetValue(key, out var passage))
            {
                RemoveIdle(key);
                passage = new Passage(key, addDoor(IPAddress.Loopback));
                _passages.Add(key, passage);
                _byDoor[passage.Door] = passage;
            }
            passage.Follow(path, networkOf(accountId, region));
            return passage.Door.Address;
        }
    }

    /// <summary>Adds the doors of a function's environment, and opens those that there is a path to.</summary>
    public void Add(EnvironmentDoors environment)
    {
        lock (_lock)
        {
            _environments[environment.Apis] = environment;
            environment.Follow(networkOf(environment.AccountId, environment.Region));
        }
    }

    public void Remove(EnvironmentDoors environment)
    {
        lock (_lock)
        {
            _environments.TryRemove(environment.Apis, out _);
            environment.Dispose();
        }
    }

    /// <summary>Opens and shuts the doors of functions after databases changed.</summary>
    public void FollowDatabases(string accountId, string region)
    {
        lock (_lock)
        {
            foreach (var environment in _environments.Values)
            {
                if ((environment.AccountId, environment.Region) == (accountId, region))
                    environment.Follow(networkOf(accountId, region));
            }
        }
    }

    /// <summary>Opens and shuts doors according to a changed network.</summary>
    public void Follow(Network changed)
    {
        FollowDatabases(changed.AccountId, changed.Region);
        lock (_lock)
        {
            foreach (
                var passage in _passages
                    .Values.Where(passage => passage.Key.AccountId == changed.AccountId && passage.Key.Region == changed.Region)
                    .ToList()
            )
            {
                if (PathOf(passage.Key) is { } path)
                    passage.Follow(path, changed);
                else
                    Remove(passage);
            }
        }
    }

    public async ValueTask<NetworkRoute?> FindAsync(
        SideDoor? door,
        Caller caller,
        AwsService service,
        string region,
        CancellationToken aborted
    )
    {
        var own = InterfaceOf(caller);
        if (door is not null && _environments.TryGetValue(door, out var environment))
        {
            var network = networkOf(environment.AccountId, environment.Region);
            var its = environment.InterfaceIn(network)?.Id;
            if (own is null || (own is var (_, _, id) && id == its))
            {
                if (environment.RouteTo(service.Name, region, network) is { } route)
                    return route;
                await Task.Delay(Timeout.Infinite, aborted);
            }
            door = null; // keys that belong to another interface have the way of that one
        }
        var passage = door is null ? null : _byDoor.GetValueOrDefault(door);
        if (door is not null && (passage is null || passage.Key.Host.Service != service.Name || passage.Key.Host.Region != region))
            throw service.Protocol.Refuse(Refusal.InvalidSignature, "Credential should be scoped to a valid region.");
        // Requests with the credentials of a server in the network are judged by that server's path, even if they come to the front door
        // or to another server's door.
        if (own is not var (account, home, networkInterface))
            return passage?.Route;
        if (passage is not null && passage.Key == new PassageKey(account, home, networkInterface, passage.Key.Host))
            return passage.Route;
        var key = new PassageKey(account, home, networkInterface, ApiHost.Of(service.Name, AwsRegion.Parse(region)));
        if (PathOf(key) is { IsOpen: true } path)
            return Routes.Of(path, networkOf(account, home));
        await Task.Delay(Timeout.Infinite, aborted);
        return null;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var passage in _passages.Values.ToList())
                Remove(passage);
            foreach (var environment in _environments.Values)
                environment.Dispose();
        }
    }

    private (string AccountId, string Region, string Id)? InterfaceOf(Caller caller)
    {
        if (!_interfaces.TryGetValue(caller, out var known))
            _interfaces.AddOrUpdate(caller, known = new(interfaceOf(caller)));
        return known.Value;
    }

    private NetworkPath? PathOf(PassageKey key) => _paths.Find(key.AccountId, key.Region, key.NetworkInterface, key.Host);

    private void RemoveIdle(PassageKey added)
    {
        var others = _passages.Values.Where(passage => passage.Key with { Host = added.Host } == added).ToList();
        if (others.Count >= MostOfAnInterface)
            others.Where(static passage => passage.Door.IsIdle).ToList().ForEach(Remove);
    }

    private void Remove(Passage passage)
    {
        _passages.Remove(passage.Key);
        _byDoor.TryRemove(passage.Door, out _);
        passage.Dispose();
    }
}
