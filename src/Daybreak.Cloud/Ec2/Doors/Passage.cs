using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>The side door for the path of one network interface to one API. It is open while the path is.</summary>
internal sealed class Passage(PassageKey key, SideDoor door) : IDisposable
{
    private NetworkPath? _path;

    public PassageKey Key => key;

    public SideDoor Door => door;

    /// <summary>The facts about the path that policies check for requests through this door.</summary>
    public NetworkRoute? Route { get; private set; }

    /// <summary>Opens or shuts the door according to the path. Calls must not overlap.</summary>
    public void Follow(NetworkPath now, Network network)
    {
        if (ReferenceEquals(_path, now))
            return;
        // Existing connections are closed when the path leads another way now.
        if (!now.IsOpen || (_path is not null && (_path.EndpointId != now.EndpointId || !Equals(_path.PublicAddress, now.PublicAddress))))
            door.Shut();
        (_path, Route) = (now, Routes.Of(now, network));
        if (now.IsOpen)
            door.Open();
    }

    public void Dispose() => door.Dispose();
}

/// <summary>The interface and the API that a path connects.</summary>
internal readonly record struct PassageKey(string AccountId, string Region, string NetworkInterface, ApiHost Host);

/// <summary>The facts about a path that policies can check.</summary>
internal static class Routes
{
    // Like a resource's policy, an endpoint's policy may name principals and resources.
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

    // The principals are unique ids, as doors do not notice when users and roles are deleted and made again.
    private static string PolicyOf(VpcEndpoint endpoint) =>
        endpoint.PrincipalIds is { } ids ? NamedPrincipals.ByIds(endpoint.PolicyDocument, ids) : endpoint.PolicyDocument;
}
