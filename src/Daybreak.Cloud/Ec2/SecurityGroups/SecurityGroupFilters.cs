using System.Globalization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>The filters of DescribeSecurityGroups.</summary>
internal static class SecurityGroupFilters
{
    public static readonly Filters<SecurityGroup> All = Create();

    private static Filters<SecurityGroup> Create()
    {
        var filters = new Filters<SecurityGroup>(Resource.TagValue)
        {
            { "group-id", group => group.Id },
            { "group-name", group => group.GroupName },
            { "description", group => group.Description },
            { "vpc-id", group => group.VpcId },
            { "owner-id", (_, network) => [network.AccountId] },
            { "tag-key", group => group.Tags.Keys },
        };
        foreach (var isEgress in new[] { false, true })
        {
            void OfRules(string name, Func<SecurityGroupRule, string?> value) =>
                filters.Add(
                    isEgress ? $"egress.ip-permission.{name}" : $"ip-permission.{name}",
                    group => group.Rules.Where(rule => rule.IsEgress == isEgress).Select(value)
                );

            OfRules("cidr", static rule => rule.Peer is CidrPeer { Cidr: { IsIpv6: false } cidr } ? cidr.ToString() : null);
            OfRules("ipv6-cidr", static rule => rule.Peer is CidrPeer { Cidr: { IsIpv6: true } cidr } ? cidr.ToString() : null);
            OfRules("prefix-list-id", static rule => (rule.Peer as PrefixListPeer)?.PrefixListId);
            OfRules("group-id", static rule => (rule.Peer as GroupPeer)?.GroupId);
            OfRules("protocol", static rule => rule.Protocol.Name);
            OfRules("from-port", static rule => rule.FromPort?.ToString(CultureInfo.InvariantCulture));
            OfRules("to-port", static rule => rule.ToPort?.ToString(CultureInfo.InvariantCulture));
            var direction = isEgress ? "egress.ip-permission" : "ip-permission";
            filters[$"{direction}.user-id"] = (group, network) =>
                group.Rules.Any(rule => rule.IsEgress == isEgress && rule.Peer is GroupPeer) ? [network.AccountId] : [];
            filters[$"{direction}.group-name"] = (group, network) =>
                group
                    .Rules.Where(rule => rule.IsEgress == isEgress)
                    .Select(rule => network.SecurityGroups.Find((rule.Peer as GroupPeer)?.GroupId)?.GroupName);
        }
        return filters;
    }
}
