using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Vpcs;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Hosting;

/// <summary>
/// The ways out of functions that are in a VPC (docs/decisions/0031-networks-of-functions.md). An environment has the network interface of
/// one of the function's subnets.
/// </summary>
/// <param name="listener">Accepts what comes in at doors.</param>
internal sealed class FunctionDoors(FrontDoorListener listener) : IVpcDoors
{
    private readonly ConcurrentDictionary<string, Place> _byKey = new();

    /// <summary>What decides about the ways; null while the network is not enforced.</summary>
    public Enforcement? Enforced { get; set; }

    public bool AreEnforced => Enforced is not null;

    public IDisposable Enter(FunctionVersion function, int slot, string accessKeyId, Func<Socket>? newSocket)
    {
        var (enforced, vpc) = (Enforced!, function.Vpc!);
        var place = new Place(function.AccountId, function.Region, vpc.SubnetIds[slot % vpc.SubnetIds.Count], vpc.SecurityGroupIds);
        _byKey[accessKeyId] = place;
        EnvironmentDoors? doors = null;
        if (newSocket is not null)
        {
            doors = new EnvironmentDoors(
                place.AccountId,
                place.Region,
                place.InterfaceIn,
                enforced.Services,
                listener.AddDoor(newSocket),
                newSocket,
                () => enforced.DatabasesOf(place.AccountId, place.Region)
            );
            enforced.Doors.Add(doors);
        }
        return new Entered(() =>
        {
            _byKey.TryRemove(accessKeyId, out _);
            if (doors is not null)
                enforced.Doors.Remove(doors);
        });
    }

    /// <summary>The interface that requests with a function's credentials come from; null for other callers.</summary>
    public (string AccountId, string Region, string Id)? InterfaceOf(Caller caller) =>
        caller.Principal is Principal.RoleSession && _byKey.TryGetValue(caller.AccessKeyId, out var place)
            ? (place.AccountId, place.Region, place.InterfaceIn(Enforced!.NetworkOf(place.AccountId, place.Region))?.Id ?? "")
            : null;

    internal sealed record Enforcement(
        NetworkDoors Doors,
        Func<string, string, Network> NetworkOf,
        ImmutableArray<string> Services,
        Func<string, string, IEnumerable<DatabaseAddress>> DatabasesOf
    );

    private sealed record Place(string AccountId, string Region, string SubnetId, IReadOnlyList<string> GroupIds)
    {
        public NetworkInterface? InterfaceIn(Network network) => FunctionInterfaces.Find(network, SubnetId, GroupIds);
    }

    private sealed class Entered(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
