using System.Collections.Immutable;
using System.Globalization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>Rules of security groups. Pure functions of a request and a network.</summary>
internal static class SecurityGroupRuleOperations
{
    // Rules for IPv4 and IPv6 are counted separately. A rule that names a group counts for both, and one that names a prefix list counts
    // as many times as the list may have entries.
    private const int MostRules = 60;

    private static readonly Filters<RuleOfGroup> Filters = new(Resource.TagValue)
    {
        { "group-id", rule => rule.Group.Id },
        { "security-group-rule-id", rule => rule.Id },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<AuthorizeRequest, AuthorizeResponse>(state, "AuthorizeSecurityGroupEgress", AuthorizeEgress)
            {
                Makes = "security-group-rule",
                Names = [("security-group", SecurityGroupOperations.Named)],
            },
            new Ec2Operation<AuthorizeRequest, AuthorizeResponse>(state, "AuthorizeSecurityGroupIngress", AuthorizeIngress)
            {
                Makes = "security-group-rule",
                Names = [("security-group", SecurityGroupOperations.Named)],
            },
            new Ec2Operation<DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResponse>(
                state,
                "DescribeSecurityGroupRules",
                Describe
            ),
            new Ec2Operation<ModifySecurityGroupRulesRequest, Done>(state, "ModifySecurityGroupRules", Modify)
            {
                Names =
                [
                    ("security-group", static (r, _) => [r.GroupId]),
                    ("security-group-rule", static (r, _) => (r.SecurityGroupRules ?? []).Select(rule => rule.SecurityGroupRuleId)),
                    ("prefix-list", static (r, _) => (r.SecurityGroupRules ?? []).Select(rule => rule.SecurityGroupRule?.PrefixListId)),
                ],
            },
            new Ec2Operation<RevokeRequest, RevokeResponse>(state, "RevokeSecurityGroupEgress", RevokeEgress)
            {
                Names = [("security-group", SecurityGroupOperations.Named)],
            },
            new Ec2Operation<RevokeRequest, RevokeResponse>(state, "RevokeSecurityGroupIngress", RevokeIngress)
            {
                Names = [("security-group", SecurityGroupOperations.Named)],
            },
            new Ec2Operation<UpdateDescriptionsRequest, Done>(state, "UpdateSecurityGroupRuleDescriptionsEgress", UpdateEgressDescriptions)
            {
                Names = [("security-group", SecurityGroupOperations.Named)],
            },
            new Ec2Operation<UpdateDescriptionsRequest, Done>(
                state,
                "UpdateSecurityGroupRuleDescriptionsIngress",
                UpdateIngressDescriptions
            )
            {
                Names = [("security-group", SecurityGroupOperations.Named)],
            },
        ];

    public static Change<AuthorizeResponse> AuthorizeIngress(AuthorizeRequest request, Network network) =>
        Authorize(request, isEgress: false, network);

    public static Change<AuthorizeResponse> AuthorizeEgress(AuthorizeRequest request, Network network) =>
        Authorize(request, isEgress: true, network);

    public static Change<RevokeResponse> RevokeIngress(RevokeRequest request, Network network) => Revoke(request, isEgress: false, network);

    public static Change<RevokeResponse> RevokeEgress(RevokeRequest request, Network network) => Revoke(request, isEgress: true, network);

    public static Change<Done> UpdateIngressDescriptions(UpdateDescriptionsRequest request, Network network) =>
        UpdateDescriptions(request, isEgress: false, network);

    public static Change<Done> UpdateEgressDescriptions(UpdateDescriptionsRequest request, Network network) =>
        UpdateDescriptions(request, isEgress: true, network);

    public static DescribeSecurityGroupRulesResponse Describe(DescribeSecurityGroupRulesRequest request, Network network)
    {
        var rules = network.SecurityGroups.All.SelectMany(
            static group => group.Rules,
            static (group, rule) => new RuleOfGroup(group, rule) { Id = rule.Id, Tags = rule.Tags }
        );
        // An index of the rules is needed only to find ids.
        var page = request.SecurityGroupRuleIds is { Count: > 0 } ids
            ? Page.Of(request, network, Resources<RuleOfGroup>.Of(rules), ResourceKind.SecurityGroupRule, ids, Filters)
            : Page.Of(request, network, rules, Filters);
        return new DescribeSecurityGroupRulesResponse
        {
            SecurityGroupRuleSet = page.Select(one => RuleDescription.Of(one.Rule, one.Group, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Modify(ModifySecurityGroupRulesRequest request, Network network)
    {
        var group = ResourceKind.SecurityGroup.Find(network.SecurityGroups, request.GroupId);
        if (request.SecurityGroupRules is not { Count: > 0 } updates)
            throw Ec2Errors.Missing("securityGroupRules");
        foreach (var update in updates)
        {
            var before = Find(group, update.SecurityGroupRuleId);
            var asked = update.SecurityGroupRule ?? throw Ec2Errors.Missing("securityGroupRule");
            var made = PermissionReader.Rules([asked.Permission()], before.IsEgress, group, network);
            if (made.Length != 1)
                throw Ec2Errors.InvalidCombination(
                    "A security group rule has exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedGroupId"
                );
            var after = made[0] with { Id = before.Id, Tags = before.Tags };
            IsNew(group with { Rules = group.Rules.Remove(before) }, after);
            group = group with { Rules = group.Rules.Replace(before, after) };
            if (!IsInLimit(group, before.IsEgress, network))
                throw Ec2Errors.TooManyRules();
        }
        return Change.To(network with { SecurityGroups = network.SecurityGroups.With(group) });
    }

    /// <summary>Whether a group is within the limit of rules in a direction.</summary>
    public static bool IsInLimit(SecurityGroup group, bool isEgress, Network network)
    {
        int Count(bool isIpv6) => group.Rules.Sum(rule => rule.IsEgress == isEgress ? Weight(rule.Peer, isIpv6, network) : 0);
        return Count(isIpv6: false) <= MostRules && Count(isIpv6: true) <= MostRules;
    }

    private static Change<AuthorizeResponse> Authorize(AuthorizeRequest request, bool isEgress, Network network)
    {
        var group = SecurityGroupOperations.Find(request, network);
        var tags = TagSpecification.For(request, "security-group-rule");
        var rules = PermissionReader
            .Rules(request.Permissions(), isEgress, group, network)
            .Select(rule => rule with { Tags = tags })
            .ToImmutableArray();
        foreach (var rule in rules)
            IsNew(group, rule);
        group = group with { Rules = group.Rules.AddRange(rules) };
        if (!IsInLimit(group, isEgress, network))
            throw Ec2Errors.TooManyRules();
        return Change.To(
            network with
            {
                SecurityGroups = network.SecurityGroups.With(group),
            },
            new AuthorizeResponse { SecurityGroupRuleSet = [.. rules.Select(rule => RuleDescription.Of(rule, group, network))] }
        );
    }

    private static Change<RevokeResponse> Revoke(RevokeRequest request, bool isEgress, Network network)
    {
        var group = SecurityGroupOperations.Find(request, network);
        var permissions = request.Permissions();
        ImmutableArray<SecurityGroupRule> revoked;
        ImmutableArray<SecurityGroupRule> unknown = [];
        if (request.SecurityGroupRuleIds is { Count: > 0 } ids)
        {
            if (permissions.Count > 0)
                throw Ec2Errors.InvalidCombination("The parameter securityGroupRuleIds cannot be used with the parameter ipPermissions");
            revoked = [.. ids.Distinct().Select(id => Item(group, id))];
            if (revoked.Any(rule => rule.IsEgress != isEgress))
                throw Ec2Errors.RuleNotFound();
        }
        else
        {
            var asked = PermissionReader.Rules(permissions, isEgress, group, network);
            revoked = [.. asked.Select(one => group.Rules.FirstOrDefault(rule => rule.Matches(one))).OfType<SecurityGroupRule>()];
            unknown = asked.RemoveAll(one => group.Rules.Any(rule => rule.Matches(one)));
            // In a default VPC, AWS succeeds and returns the unknown rules, as it did before there were other VPCs.
            if (!unknown.IsEmpty && !network.Vpcs.Find(group.VpcId)!.IsDefault)
                throw Ec2Errors.RuleNotFound();
        }
        var after = network with { SecurityGroups = network.SecurityGroups.With(group with { Rules = group.Rules.RemoveRange(revoked) }) };
        return Change.To(
            after,
            new RevokeResponse
            {
                UnknownIpPermissionSet = IpPermission.Of(unknown, network),
                RevokedSecurityGroupRuleSet = [.. revoked.Select(rule => RevokedRule.Of(RuleDescription.Of(rule, group, network)))],
            }
        );
    }

    private static Change<Done> UpdateDescriptions(UpdateDescriptionsRequest request, bool isEgress, Network network)
    {
        var group = SecurityGroupOperations.Find(request, network);
        List<(SecurityGroupRule Rule, string? Description)> updates = request.SecurityGroupRuleDescriptions is { Count: > 0 } byId
            ? [.. byId.Select(update => (Find(group, update.SecurityGroupRuleId), PermissionReader.Description(update.Description)))]
            :
            [
                .. PermissionReader
                    .Rules(request.IpPermissions ?? [], isEgress, group, network)
                    .Select(asked =>
                        (group.Rules.FirstOrDefault(rule => rule.Matches(asked)) ?? throw Ec2Errors.RuleNotFound(), asked.Description)
                    ),
            ];
        foreach (var (rule, description) in updates)
            group = group with { Rules = group.Rules.Replace(rule, rule with { Description = description }) };
        return Change.To(network with { SecurityGroups = network.SecurityGroups.With(group) });
    }

    private static SecurityGroupRule Find(SecurityGroup group, string? id) =>
        string.IsNullOrEmpty(id) ? throw Ec2Errors.Missing("securityGroupRuleId") : Item(group, id);

    private static SecurityGroupRule Item(SecurityGroup group, string id) =>
        group.Rules.FirstOrDefault(rule => rule.Id == id) ?? throw ResourceKind.SecurityGroupRule.Unknown(id);

    private static void IsNew(SecurityGroup group, SecurityGroupRule rule)
    {
        if (group.Rules.Any(rule.Matches))
            throw Ec2Errors.DuplicateRule(Name(rule));
    }

    private static int Weight(RulePeer peer, bool isIpv6, Network network) =>
        peer switch
        {
            CidrPeer { Cidr: var cidr } => cidr.IsIpv6 == isIpv6 ? 1 : 0,
            PrefixListPeer list => PrefixList.WeightOf(list.PrefixListId, isIpv6, network),
            _ => 1,
        };

    // For example: peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW
    private static string Name(SecurityGroupRule rule)
    {
        var peer = rule.Peer switch
        {
            CidrPeer cidr => cidr.Cidr.ToString(),
            GroupPeer group => group.GroupId,
            PrefixListPeer list => list.PrefixListId,
            _ => throw new InvalidOperationException($"{rule.Peer} is no peer"),
        };
        var protocol = rule.Protocol.IsAll ? "ALL" : rule.Protocol.Name.ToUpperInvariant();
        var range =
            rule.Protocol.HasPorts ? string.Create(CultureInfo.InvariantCulture, $", from port: {rule.FromPort}, to port: {rule.ToPort}")
            : rule.Protocol.HasTypes ? string.Create(CultureInfo.InvariantCulture, $", type: {rule.FromPort}, code: {rule.ToPort}")
            : "";
        return $"peer: {peer}, {protocol}{range}, ALLOW";
    }

    private sealed record RuleOfGroup(SecurityGroup Group, SecurityGroupRule Rule) : Resource
    {
        public override string Kind => Rule.Kind;
    }
}
