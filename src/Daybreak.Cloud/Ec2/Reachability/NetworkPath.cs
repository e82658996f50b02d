using System.Collections.Immutable;
using System.Net;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>The path of a connection from a network interface to an API, hop by hop. Immutable.</summary>
/// <param name="Hops">Hops in the order of a packet there and back. After an obstacle only those that can still be judged.</param>
internal sealed record NetworkPath(string VpcId, IPAddress PrivateAddress, ImmutableArray<Hop> Hops)
{
    public bool IsOpen { get; } = Hops.All(static hop => hop.Passes);

    public IEnumerable<Hop> Obstacles => Hops.Where(static hop => !hop.Passes);

    /// <summary>The VPC endpoint that the path goes through; null when it goes over the internet.</summary>
    public string? EndpointId { get; } =
        (Hops[0] as NameHop)?.Endpoint
        ?? Hops.OfType<RouteHop>().Select(static hop => hop.GatewayEndpoint).FirstOrDefault(static id => id is not null);

    /// <summary>The address that the API sees; null when the path goes through an endpoint or is blocked.</summary>
    public IPAddress? PublicAddress
    {
        get
        {
            if (EndpointId is not null)
                return null;
            foreach (var hop in Hops)
            {
                if (hop is PublicAddressHop { Address: { } own })
                    return own;
                if (hop is NatHop { Address: { } translated })
                    return translated;
            }
            return null;
        }
    }
}
