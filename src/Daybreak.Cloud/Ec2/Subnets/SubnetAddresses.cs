using System.Net;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Subnets;

/// <summary>Finds free private addresses of a subnet.</summary>
internal static class SubnetAddresses
{
    // The first addresses are the network, the router, the resolver and one for future use; the last is the broadcast address.
    private const int FirstFree = 4;

    public static long FreeOf(Subnet subnet, Network network) =>
        subnet.CidrBlock.Size - Subnet.ReservedAddresses - network.NetworkInterfaces.All.Count(one => one.SubnetId == subnet.Id);

    /// <summary>The lowest free address.</summary>
    /// <exception cref="Aws.AwsException">InsufficientFreeAddressesInSubnet</exception>
    public static IPAddress Take(Subnet subnet, Network network)
    {
        var taken = Taken(subnet, network);
        for (long offset = FirstFree; offset < subnet.CidrBlock.Size - 1; offset++)
        {
            var address = subnet.CidrBlock.Address(offset);
            if (!taken.Contains(address))
                return address;
        }
        throw Ec2Errors.NoFreeAddress(subnet.Id);
    }

    /// <summary>Parses a requested address and checks that it is free and in the subnet.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue, InvalidIPAddress.InUse</exception>
    public static IPAddress Take(string asked, Subnet subnet, Network network)
    {
        if (!IPAddress.TryParse(asked, out var address) || address.ToString() != asked)
            throw Ec2Errors.InvalidValue("privateIpAddress", asked);
        if (!subnet.CidrBlock.Contains(address))
            throw Ec2Errors.InvalidValue("Address does not fall within the subnet's address range");
        for (var offset = 0; offset < FirstFree; offset++)
        {
            if (subnet.CidrBlock.Address(offset).Equals(address))
                throw Reserved();
        }
        if (subnet.CidrBlock.Address(subnet.CidrBlock.Size - 1).Equals(address))
            throw Reserved();
        return Taken(subnet, network).Contains(address) ? throw Ec2Errors.AddressInUse(asked) : address;
    }

    private static HashSet<IPAddress> Taken(Subnet subnet, Network network) =>
        [.. network.NetworkInterfaces.All.Where(one => one.SubnetId == subnet.Id).Select(one => one.PrivateIp)];

    private static Aws.AwsException Reserved() => Ec2Errors.InvalidValue("Address is in subnet's reserved address range");
}
