using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Tells how a request came here from inside of a network.</summary>
public interface INetworkRoutes
{
    /// <summary>
    /// The way of a request; null when it is one from this machine. Where a caller who is bound to a network has no way here, this does not
    /// complete before the caller gives up.
    /// </summary>
    /// <param name="door">Where it came in; null: at the front.</param>
    /// <exception cref="AwsException">The door is that of another API.</exception>
    ValueTask<NetworkRoute?> FindAsync(SideDoor? door, Caller caller, AwsService service, string region, CancellationToken aborted);
}

/// <summary>The way of a request through a VPC, as far as a policy can ask.</summary>
/// <param name="PrivateAddress">Of the interface it comes from.</param>
/// <param name="PublicAddress">Where the internet sees it; null through an endpoint.</param>
/// <param name="EndpointId">The VPC endpoint that it came through; null over the internet.</param>
/// <param name="EndpointPolicy">Of that endpoint.</param>
public sealed record NetworkRoute(
    string VpcId,
    IPAddress PrivateAddress,
    IPAddress? PublicAddress,
    string? EndpointId,
    AttachedPolicy? EndpointPolicy
);
