using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>Makes rules from the permissions of a request, one for each peer.</summary>
internal static partial class PermissionReader
{
    private const int MostPort = 65535;
    private const int MostIcmp = 255;
    private const int MostDescription = 255;

    /// <exception cref="AwsException">There is no permission, a protocol or port is out of range, a block is malformed, or a reference is
    /// unknown.</exception>
    public static ImmutableArray<SecurityGroupRule> Rules(
        IReadOnlyList<IpPermission> permissions,
        bool isEgress,
        SecurityGroup group,
        Network network
    )
    {
        if (permissions.Count == 0)
            throw Ec2Errors.Missing("ipPermissions");
        var rules = permissions.SelectMany(permission => RulesOf(permission, isEgress, group, network)).ToImmutableArray();
        for (var i = 1; i < rules.Length; i++)
        {
            if (rules.Take(i).Any(rules[i].Matches))
                throw Ec2Errors.InvalidValue("The same permission must not appear multiple times");
        }
        return rules;
    }

    private static IEnumerable<SecurityGroupRule> RulesOf(IpPermission permission, bool isEgress, SecurityGroup group, Network network)
    {
        if (string.IsNullOrEmpty(permission.IpProtocol))
            throw Ec2Errors.Missing("ipProtocol");
        if (!IpProtocol.TryParse(permission.IpProtocol, out var protocol))
            throw Ec2Errors.InvalidValue($"Invalid value '{permission.IpProtocol}' for IP protocol. Unknown protocol.");
        var (from, to) = Range(permission, protocol);
        var peers = Peers(permission, group, network).ToList();
        if (peers.Count == 0)
            throw Ec2Errors.Missing("ipRanges");
        return peers.Select(peer => new SecurityGroupRule
        {
            Id = ResourceKind.SecurityGroupRule.NewId(),
            IsEgress = isEgress,
            Protocol = protocol,
            FromPort = from,
            ToPort = to,
            Peer = peer.Peer,
            Description = Description(peer.Description),
        });
    }

    private static (int? From, int? To) Range(IpPermission permission, IpProtocol protocol)
    {
        var (from, to) = (permission.FromPort, permission.ToPort);
        if (protocol.HasTypes)
        {
            var (type, code) = (from ?? -1, to ?? -1);
            if (type is < -1 or > MostIcmp)
                throw Ec2Errors.InvalidValue($"ICMP type ({type}) out of range");
            if (code is < -1 or > MostIcmp)
                throw Ec2Errors.InvalidValue($"ICMP code ({code}) out of range");
            return type == -1 && code != -1
                ? throw Ec2Errors.InvalidValue($"ICMP code ({code}) must be -1 when the type is -1")
                : (type, code);
        }
        // For other protocols AWS ignores the ports and admits all.
        if (!protocol.HasPorts)
            return (null, null);
        if (from is not { } first || to is not { } last)
            throw Ec2Errors.InvalidValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        if (first is < 0 or > MostPort)
            throw Ec2Errors.InvalidValue($"TCP/UDP port ({first}) out of range");
        if (last is < 0 or > MostPort)
            throw Ec2Errors.InvalidValue($"TCP/UDP port ({last}) out of range");
        return first <= last ? (first, last) : throw Ec2Errors.InvalidValue($"Invalid TCP/UDP port range ({first}:{last})");
    }

    private static IEnumerable<(RulePeer Peer, string? Description)> Peers(IpPermission permission, SecurityGroup group, Network network)
    {
        foreach (var range in permission.IpRanges ?? [])
            yield return (new CidrPeer(Block(range.CidrIp, isIpv6: false)), range.Description);
        foreach (var range in permission.Ipv6Ranges ?? [])
            yield return (new CidrPeer(Block(range.CidrIpv6, isIpv6: true)), range.Description);
        foreach (var list in permission.PrefixListIds ?? [])
            yield return (new PrefixListPeer(PrefixList.Find(network, list.Id).Id), list.Description);
        foreach (var pair in permission.Groups ?? [])
            yield return (Referenced(pair, group, network), pair.Description);
    }

    private static Cidr Block(string? text, bool isIpv6) =>
        // AWS accepts an address inside the block in place of the block.
        Cidr.TryParseLoosely(text, out var cidr, out _)
        && cidr.IsIpv6 == isIpv6
            ? cidr
            : throw Ec2Errors.InvalidValue(isIpv6 ? $"CIDR block {text} is not a valid IPv6 CIDR" : $"CIDR block {text} is malformed");

    private static GroupPeer Referenced(UserIdGroupPair pair, SecurityGroup group, Network network)
    {
        if (pair.UserId is { Length: > 0 } owner && owner != network.AccountId)
            throw NotImplemented.Of("security groups of another account in rules");
        var id =
            string.IsNullOrEmpty(pair.GroupId) && pair.GroupName is { Length: > 0 } name
                ? SecurityGroupOperations.Named(name, network).Id
                : pair.GroupId;
        // A stale rule has to be found by the group that it names, though that no longer exists.
        if (
            group
                .Rules.Select(rule => rule.Peer)
                .OfType<GroupPeer>()
                .FirstOrDefault(peer => peer.Peering is not null && peer.GroupId == id) is
            { } known
        )
            return known;
        var found = ResourceKind.SecurityGroup.Find(network.SecurityGroups, id);
        if (found.VpcId == group.VpcId)
            return new GroupPeer(found.Id);
        return network.ActivePeering(found.VpcId, group.VpcId) is { } peering
            ? new GroupPeer(found.Id) { Peering = peering.Id, PeerVpcId = found.VpcId }
            : throw AwsException.Sender("InvalidGroup.NotFound", "You have specified two resources that belong to different networks.");
    }

    public static string? Description(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return text.Length <= MostDescription && Allowed().IsMatch(text)
            ? text
            : throw Ec2Errors.InvalidValue(
                "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  "
                    + "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
            );
    }

    [GeneratedRegex("^[a-zA-Z0-9. _:/()#,@\\[\\]+=&;{}!$*-]*\\z")]
    public static partial Regex Allowed();
}
