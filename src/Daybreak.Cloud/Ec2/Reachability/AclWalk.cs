using System.Net;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Decides about TCP packets as a network ACL does: by the matching entry with the lowest number.</summary>
internal static class AclWalk
{
    /// <summary>
    /// The entry that decides for the ports. Where several entries decide for some of the ports each, the result is one that denies, if any
    /// does, as connections then work by chance only.
    /// </summary>
    public static NetworkAclEntry Decide(NetworkAcl acl, bool isEgress, Cidr peer, PortRange ports) =>
        Decide(acl, isEgress, peer, ports.From, ports.To, 0);

    public static AclHop Hop(NetworkAcl acl, string subnet, bool isEgress, IPAddress peer, PortRange ports) =>
        new(acl.Id, subnet, isEgress, peer, ports, Decide(acl, isEgress, Cidr.Of(peer), ports));

    private static NetworkAclEntry Decide(NetworkAcl acl, bool isEgress, Cidr peer, int from, int to, int start)
    {
        var entries = acl.Entries;
        for (var index = start; index < entries.Length; index++)
        {
            var entry = entries[index];
            if (entry.IsEgress != isEgress || !entry.Protocol.Covers(IpProtocol.Tcp) || !entry.Cidr.Contains(peer))
                continue;
            // An entry for all protocols matches all ports.
            var (first, last) = entry is { Ports: { } ports, Protocol.IsAll: false } ? (ports.From, ports.To) : (0, ushort.MaxValue);
            if (last < from || to < first)
                continue;
            if (!entry.Allows)
                return entry;
            // Later entries decide for the ports below and above.
            if (from < first && Decide(acl, isEgress, peer, from, first - 1, index + 1) is { Allows: false } below)
                return below;
            if (last < to && Decide(acl, isEgress, peer, last + 1, to, index + 1) is { Allows: false } above)
                return above;
            return entry;
        }
        return NetworkAclEntry.DenyAll(isEgress);
    }
}
