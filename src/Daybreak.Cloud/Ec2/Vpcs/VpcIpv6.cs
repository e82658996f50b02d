using System.Security.Cryptography;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;

namespace Daybreak.Cloud.Ec2.Vpcs;

/// <summary>
/// IPv6 blocks of VPCs as Amazon assigns them: a /56, with its routes, ACL entries and rules. Here they come from 2001:db8::/32, which is
/// reserved for documentation, so that no real server has them. Pure except that blocks are random.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html and …/vpc-cidr-blocks.html
/// </remarks>
internal static class VpcIpv6
{
    private const int MostBlocks = 5;
    private const int AllowNumber = 101;

    /// <exception cref="Aws.AwsException">A network border group is given without a block, or is not in the Region.</exception>
    public static void HasBorder(string? group, bool isAsked, Network network)
    {
        if (string.IsNullOrEmpty(group))
            return;
        if (!isAsked)
            throw Ec2Errors.InvalidCombination(
                "The parameter ipv6CidrBlockNetworkBorderGroup cannot be used without the parameter amazonProvidedIpv6CidrBlock"
            );
        if (group != network.Region)
            throw Ec2Errors.InvalidValue("ipv6CidrBlockNetworkBorderGroup", group);
    }

    /// <summary>Gives a VPC one more block. Its default ACL and its groups then admit IPv6 as they admit IPv4, unless they were
    /// changed.</summary>
    /// <exception cref="Aws.AwsException">CidrLimitExceeded</exception>
    public static (Network After, VpcCidrBlock Block) With(Vpc vpc, Network network)
    {
        if (vpc.Ipv6CidrBlocks.Length == MostBlocks)
            throw Ec2Errors.TooManyCidrs(vpc.Id, MostBlocks);
        var block = new VpcCidrBlock(Ec2Id.New("vpc-cidr-assoc"), FreeBlock(network));
        var tables = network
            .RouteTables.All.Where(table => table.VpcId == vpc.Id)
            .Select(table =>
                table with
                {
                    Routes = table.Routes.Insert(
                        table.Routes.Count(static route => route.IsFromTable),
                        DefaultNetwork.LocalRoute(block.Cidr)
                    ),
                }
            );
        var after = network with
        {
            Vpcs = network.Vpcs.With(vpc with { Ipv6CidrBlocks = vpc.Ipv6CidrBlocks.Add(block) }),
            RouteTables = network.RouteTables.With(tables),
        };
        return vpc.Ipv6CidrBlocks.IsEmpty ? (WithRules(vpc, after), block) : (after, block);
    }

    /// <exception cref="Aws.AwsException">DependencyViolation: a subnet uses a part of it.</exception>
    public static Network Without(VpcCidrBlock block, Vpc vpc, Network network)
    {
        if (network.Subnets.All.Any(subnet => subnet.Ipv6 is { Cidr: var cidr } && block.Cidr.Contains(cidr)))
            throw Ec2Errors.Dependency($"The vpc CIDR block '{block.Cidr}' has dependencies and cannot be deleted.");
        var tables = network
            .RouteTables.All.Where(table => table.VpcId == vpc.Id)
            .Select(table =>
                table with
                {
                    Routes = table.Routes.RemoveAll(route => route.IsFromTable && route.Destination == new CidrDestination(block.Cidr)),
                }
            );
        return network with
        {
            Vpcs = network.Vpcs.With(vpc with { Ipv6CidrBlocks = vpc.Ipv6CidrBlocks.Remove(block) }),
            RouteTables = network.RouteTables.With(tables),
        };
    }

    private static Network WithRules(Vpc vpc, Network network)
    {
        var acls = network
            .NetworkAcls.All.Where(acl => acl.VpcId == vpc.Id)
            .Select(static acl =>
                acl with
                {
                    Entries = NetworkAcl.Ordered(acl.Entries.Concat(Added(acl, isEgress: true)).Concat(Added(acl, isEgress: false))),
                }
            );
        var groups = network
            .SecurityGroups.All.Where(group => group.VpcId == vpc.Id && LetsAllOut(group))
            .Select(static group =>
                group with
                {
                    Rules = group.Rules.Add(DefaultNetwork.AllEgress(ResourceKind.SecurityGroupRule.NewId(), Cidr.AllIpv6)),
                }
            );
        return network with { NetworkAcls = network.NetworkAcls.With(acls), SecurityGroups = network.SecurityGroups.With(groups) };
    }

    private static IEnumerable<NetworkAclEntry> Added(NetworkAcl acl, bool isEgress)
    {
        var own = acl.Entries.Where(entry => entry.IsEgress == isEgress).ToList();
        var deny = NetworkAclEntry.DenyAll(isEgress, isIpv6: true);
        if (acl.IsDefault && own.SequenceEqual(DefaultNetwork.Open(isEgress)))
            yield return deny with
            {
                RuleNumber = AllowNumber,
                Allows = true,
            };
        if (!own.Contains(deny))
            yield return deny;
    }

    // Whether the group still has the rule that it was created with.
    private static bool LetsAllOut(SecurityGroup group) =>
        group.Rules.Where(rule => rule.IsEgress).ToList() is [{ Protocol.IsAll: true, Peer: CidrPeer { Cidr: var cidr } }]
        && cidr == Cidr.AllIpv4;

    private static Cidr FreeBlock(Network network)
    {
        var taken = network.Vpcs.All.SelectMany(vpc => vpc.Ipv6CidrBlocks).Select(block => block.Cidr).ToHashSet();
        while (true)
        {
            var number = RandomNumberGenerator.GetInt32(1 << 24);
            var block = Cidr.Parse($"2001:db8:{number >> 8:x}:{(number & 0xff) << 8:x}::/56");
            if (!taken.Contains(block))
                return block;
        }
    }
}
