using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Finds the network route of a request from a simulated VPC.</summary>
public interface INetworkRoutes
{
    /// <summary>
    /// Returns the route of a request; null for one from this machine. If the caller's network has no route to this server, the task does
    /// not complete before the caller gives up.
    /// </summary>
    /// <param name="door">The side door of the connection; null: the front door.</param>
    /// <exception cref="AwsException">The door belongs to another API.</exception>
    ValueTask<NetworkRoute?> FindAsync(SideDoor? door, Caller caller, AwsService service, string region, CancellationToken aborted);
}

/// <summary>The route of a request through a VPC, as far as policies can test it.</summary>
/// <param name="PrivateAddress">The address of the source interface.</param>
/// <param name="PublicAddress">The source address on the internet; null through an endpoint.</param>
/// <param name="EndpointId">The VPC endpoint on the route; null over the internet.</param>
/// <param name="EndpointPolicy">The policy of that endpoint.</param>
public sealed record NetworkRoute(
    string VpcId,
    IPAddress PrivateAddress,
    IPAddress? PublicAddress,
    string? EndpointId,
    AttachedPolicy? EndpointPolicy
);
