using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.SecurityGroups;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>Decides as the security groups of an interface do: one matching rule of one group admits a connection.</summary>
internal static class GroupRules
{
    /// <param name="peer">Address of the other end.</param>
    /// <param name="peerGroups">Groups of the interface there; empty on the internet.</param>
    /// <param name="port">TCP port of the server.</param>
    public static GroupHop Hop(
        Network network,
        NetworkInterface holder,
        bool isEgress,
        IPAddress peer,
        ImmutableArray<string> peerGroups,
        int port = ApiHost.Port
    )
    {
        var address = Cidr.Of(peer);
        foreach (var id in holder.GroupIds)
        {
            if (network.SecurityGroups.Find(id) is not { } group)
                continue;
            foreach (var rule in group.Rules.AsSpan())
            {
                if (rule.IsEgress == isEgress && Names(rule.Peer, peer, address, peerGroups, network) && rule.Covers(IpProtocol.Tcp, port))
                    return new GroupHop(isEgress, holder.Id, holder.GroupIds, peer, peerGroups, id, rule.Id) { Port = port };
            }
        }
        return new GroupHop(isEgress, holder.Id, holder.GroupIds, peer, peerGroups, null, null) { Port = port };
    }

    private static bool Names(RulePeer named, IPAddress peer, Cidr address, ImmutableArray<string> groups, Network network) =>
        named switch
        {
            CidrPeer cidr => cidr.Cidr.Contains(address),
            GroupPeer group => groups.Contains(group.GroupId),
            PrefixListPeer list => PrefixList.BlockOf(network, list.PrefixListId, peer) is not null,
            _ => false,
        };
}
