using System.Net;
using System.Security.Cryptography;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Addresses;

/// <summary>
/// Public addresses of accounts. They come from 198.18.0.0/16, which is reserved for benchmarks and never routed on the internet, so
/// that no real server has them.
/// </summary>
internal static class PublicAddresses
{
    private const int Count = 1 << 16;

    private static readonly Cidr Block = Cidr.Parse("198.18.0.0/16");

    /// <summary>Returns an address that nothing in the network has.</summary>
    public static IPAddress Take(Network network)
    {
        var taken = network
            .Addresses.All.Select(address => address.PublicIp)
            .Concat(network.NetworkInterfaces.All.Select(one => one.PublicIp).OfType<IPAddress>())
            .ToHashSet();
        var start = RandomNumberGenerator.GetInt32(Count);
        for (var i = 0; i < Count; i++)
        {
            var address = Block.Address((start + i) % Count);
            if (address.GetAddressBytes()[3] is not (0 or 255) && !taken.Contains(address))
                return address;
        }
        throw Aws.AwsException.Sender("AddressLimitExceeded", "The maximum number of addresses has been reached.");
    }
}
