using System.Collections.Immutable;
using System.Net;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>The way of a connection from a network interface to an API, hop by hop. Immutable.</summary>
/// <param name="Hops">In the order of a packet there and back. After an obstacle those that can still be judged.</param>
internal sealed record NetworkPath(string VpcId, IPAddress PrivateAddress, ImmutableArray<Hop> Hops)
{
    public bool IsOpen { get; } = Hops.All(static hop => hop.Passes);

    public IEnumerable<Hop> Obstacles => Hops.Where(static hop => !hop.Passes);

    /// <summary>The VPC endpoint that it goes through; null when it goes over the internet.</summary>
    public string? EndpointId => (Hops[0] as NameHop)?.Endpoint;

    /// <summary>Where the API sees the connection come from; null when it comes through an endpoint, or not at all.</summary>
    public IPAddress? PublicAddress
    {
        get
        {
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
