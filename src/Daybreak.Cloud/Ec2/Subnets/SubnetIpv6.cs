using System.Net;
using System.Security.Cryptography;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Subnets;

/// <summary>IPv6 blocks of subnets. Pure functions of a request and a network, except that addresses are random.</summary>
internal static class SubnetIpv6
{
    // Prefixes are from /44 to /64 in steps of four.
    private const int LeastPrefix = 44;
    private const int MostPrefix = 64;
    private const int PrefixStep = 4;

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<AssociateSubnetCidrBlockRequest, SubnetCidrBlockResponse>(state, "AssociateSubnetCidrBlock", Associate)
            {
                Names = [("subnet", static (r, _) => [r.SubnetId])],
            },
            new Ec2Operation<DisassociateSubnetCidrBlockRequest, SubnetCidrBlockResponse>(
                state,
                "DisassociateSubnetCidrBlock",
                Disassociate
            )
            {
                Names = [("subnet", static (r, n) => [WithAssociation(r.AssociationId, n)?.Id])],
            },
        ];

    public static Change<SubnetCidrBlockResponse> Associate(AssociateSubnetCidrBlockRequest request, Network network)
    {
        var subnet = ResourceKind.Subnet.Find(network.Subnets, request.SubnetId);
        if (string.IsNullOrEmpty(request.Ipv6CidrBlock))
            throw Ec2Errors.Missing("ipv6CidrBlock");
        if (subnet.Ipv6 is not null)
            throw Ec2Errors.TooManyCidrs(subnet.Id, 1);
        var block = Block(request.Ipv6CidrBlock, network.Vpcs.Find(subnet.VpcId)!, network);
        return Change.To(
            network with
            {
                Subnets = network.Subnets.With(subnet with { Ipv6 = block }),
            },
            new SubnetCidrBlockResponse
            {
                SubnetId = subnet.Id,
                Ipv6CidrBlockAssociation = SubnetIpv6CidrBlockAssociation.Of(block, "associating"),
            }
        );
    }

    public static Change<SubnetCidrBlockResponse> Disassociate(DisassociateSubnetCidrBlockRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.AssociationId))
            throw Ec2Errors.Missing("associationId");
        var subnet =
            WithAssociation(request.AssociationId, network)
            ?? throw AwsException.Sender(
                "InvalidSubnetCidrBlockAssociationID.NotFound",
                $"The subnet CIDR block association ID '{request.AssociationId}' does not exist"
            );
        var block = subnet.Ipv6!;
        if (network.NetworkInterfaces.All.Any(one => one.SubnetId == subnet.Id && !one.Ipv6Addresses.IsEmpty))
            throw Ec2Errors.Dependency($"The subnet CIDR block '{block.Cidr}' has dependencies and cannot be deleted.");
        return Change.To(
            network with
            {
                Subnets = network.Subnets.With(subnet with { Ipv6 = null, AssignIpv6AddressOnCreation = false }),
            },
            new SubnetCidrBlockResponse
            {
                SubnetId = subnet.Id,
                Ipv6CidrBlockAssociation = SubnetIpv6CidrBlockAssociation.Of(block, "disassociating"),
            }
        );
    }

    public static Subnet? WithAssociation(string? id, Network network) =>
        string.IsNullOrEmpty(id) ? null : network.Subnets.All.FirstOrDefault(subnet => subnet.Ipv6?.AssociationId == id);

    /// <summary>Parses a requested block and checks that it is free and in the VPC.</summary>
    /// <exception cref="AwsException">InvalidParameterValue, InvalidSubnet.Range, InvalidSubnet.Conflict</exception>
    public static SubnetIpv6Block Block(string asked, Vpc vpc, Network network)
    {
        if (!Cidr.TryParseLoosely(asked, out var cidr, out _) || !cidr.IsIpv6)
            throw Ec2Errors.NotACidr("ipv6CidrBlock", asked);
        if (cidr.PrefixLength is < LeastPrefix or > MostPrefix || cidr.PrefixLength % PrefixStep != 0 || !vpc.Contains(cidr))
            throw Ec2Errors.SubnetRange(cidr);
        if (network.Subnets.All.Any(subnet => subnet.VpcId == vpc.Id && subnet.Ipv6 is { Cidr: var other } && other.Overlaps(cidr)))
            throw Ec2Errors.SubnetConflict(cidr);
        return new SubnetIpv6Block(Ec2Id.New("subnet-cidr-assoc"), cidr);
    }

    /// <summary>Returns a free address of a subnet.</summary>
    /// <exception cref="AwsException">InvalidParameterValue: the subnet has no IPv6 block.</exception>
    public static IPAddress Take(Subnet subnet, Network network)
    {
        var block = BlockOf(subnet);
        while (true)
        {
            // AWS reserves the first four addresses.
            var address = block.Address(RandomNumberGenerator.GetInt32(4, int.MaxValue));
            if (!IsTaken(address, network))
                return address;
        }
    }

    /// <summary>Parses a requested address and checks that it is free and in the subnet.</summary>
    public static IPAddress Take(string? asked, Subnet subnet, Network network)
    {
        if (!IPAddress.TryParse(asked, out var address) || !Cidr.Of(address).IsIpv6)
            throw Ec2Errors.InvalidValue("ipv6Address", asked);
        if (!BlockOf(subnet).Contains(address))
            throw Ec2Errors.InvalidValue("Address does not fall within the subnet's address range");
        return IsTaken(address, network) ? throw Ec2Errors.AddressInUse(address.ToString()) : address;
    }

    private static Cidr BlockOf(Subnet subnet) =>
        subnet.Ipv6?.Cidr ?? throw Ec2Errors.InvalidValue($"The subnet '{subnet.Id}' does not have an IPv6 CIDR block associated with it.");

    private static bool IsTaken(IPAddress address, Network network) =>
        network.NetworkInterfaces.All.Any(one => one.Ipv6Addresses.Contains(address));
}
