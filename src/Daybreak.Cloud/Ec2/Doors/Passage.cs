using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>The door that stands for the way of one network interface to one API: open as long as the way is.</summary>
internal sealed class Passage(PassageKey key, SideDoor door) : IDisposable
{
    private NetworkPath? _path;

    public PassageKey Key => key;

    public SideDoor Door => door;

    /// <summary>What the requests that come in here are judged by.</summary>
    public NetworkRoute? Route { get; private set; }

    /// <summary>Makes the door what the path is. One at a time.</summary>
    public void Follow(NetworkPath now, Network network)
    {
        if (ReferenceEquals(_path, now))
            return;
        // Connections of a way that is no longer this way go, too.
        if (!now.IsOpen || (_path is not null && (_path.EndpointId != now.EndpointId || !Equals(_path.PublicAddress, now.PublicAddress))))
            door.Shut();
        (_path, Route) = (now, Routes.Of(now, network));
        if (now.IsOpen)
            door.Open();
    }

    public void Dispose() => door.Dispose();
}

/// <summary>Whose way to where.</summary>
internal readonly record struct PassageKey(string AccountId, string Region, string NetworkInterface, ApiHost Host);

/// <summary>What policies can ask about a path.</summary>
internal static class Routes
{
    // AWS lets an endpoint's policy name principals and resources, as a resource's does.
    private const PolicyDialect Dialect = PolicyDialect.ResourcePolicy;

    public static NetworkRoute Of(NetworkPath path, Network network) =>
        new(
            path.VpcId,
            path.PrivateAddress,
            path.PublicAddress,
            path.EndpointId,
            network.VpcEndpoints.Find(path.EndpointId) is { } endpoint
                ? new AttachedPolicy(PolicyKind.VpcEndpoint, endpoint.Id, CompiledPolicies.Of(PolicyOf(endpoint), Dialect))
                : null
        );

    // By ids: they stay true when users and roles come and go, which no door hears of.
    private static string PolicyOf(VpcEndpoint endpoint) =>
        endpoint.PrincipalIds is { } ids ? NamedPrincipals.ByIds(endpoint.PolicyDocument, ids) : endpoint.PolicyDocument;
}
