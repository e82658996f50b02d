using System.Collections.Immutable;
using System.Security.Cryptography;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Subnets;

namespace Daybreak.Cloud.Ec2.NetworkInterfaces;

/// <summary>Makes the parts of new interfaces, for requests and for services.</summary>
internal static class NewInterface
{
    public const int MostGroups = 5;

    private const int MacBytes = 5;

    /// <summary>An interface that a service of AWS makes for itself, which is in use from the start.</summary>
    /// <exception cref="AwsException">InsufficientFreeAddressesInSubnet</exception>
    public static NetworkInterface OfService(
        InterfaceUse use,
        Subnet subnet,
        Network network,
        string description,
        ImmutableArray<string> groups,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = ResourceKind.NetworkInterface.NewId(),
            SubnetId = subnet.Id,
            VpcId = subnet.VpcId,
            PrivateIp = SubnetAddresses.Take(subnet, network),
            GroupIds = groups,
            Description = description,
            Use = use,
            MacAddress = Mac(),
            SourceDestCheck = use != InterfaceUse.NatGateway,
            Attachment = new InterfaceAttachment(Ec2Id.New("ela-attach"), now),
        };

    /// <summary>The groups that a request names, which must be in the VPC; the VPC's default group when it names none.</summary>
    /// <exception cref="AwsException">InvalidGroup.NotFound, SecurityGroupsPerInterfaceLimitExceeded</exception>
    public static ImmutableArray<string> Groups(IReadOnlyList<string>? asked, string vpcId, Network network)
    {
        if (asked is not { Count: > 0 })
            return [network.DefaultSecurityGroup(vpcId).Id];
        ImmutableArray<string> ids = [.. asked.Distinct()];
        foreach (var group in ResourceKind.SecurityGroup.FindAll(network.SecurityGroups, ids))
        {
            if (group.VpcId != vpcId)
                throw AwsException.Sender("InvalidGroup.NotFound", $"The security group '{group.Id}' does not exist in VPC '{vpcId}'");
        }
        return ids.Length <= MostGroups
            ? ids
            : throw AwsException.Sender(
                "SecurityGroupsPerInterfaceLimitExceeded",
                "The maximum number of security groups per interface has been reached."
            );
    }

    /// <summary>A new unicast address that is locally administered.</summary>
    public static string Mac()
    {
        var digits = RandomNumberGenerator.GetHexString(MacBytes * 2, lowercase: true);
        return "0a:" + string.Join(':', digits.Chunk(2).Select(static pair => new string(pair)));
    }
}
