using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>The rules of all security groups, which are resources but are stored with their group.</summary>
internal sealed class SecurityGroupRuleSet() : ResourceSet(ResourceKind.SecurityGroupRule, "security-group-rule")
{
    public override IEnumerable<Resource> In(Network network) => network.SecurityGroups.All.SelectMany(static group => group.Rules);

    public override Resource? Find(Network network, string id) => In(network).FirstOrDefault(rule => rule.Id == id);

    public override Network WithTags(Network network, string id, TagChange change)
    {
        var group = network.SecurityGroups.All.FirstOrDefault(group => group.Rules.Any(rule => rule.Id == id)) ?? throw Naming.Unknown(id);
        var rule = group.Rules.First(rule => rule.Id == id);
        return network with
        {
            SecurityGroups = network.SecurityGroups.With(group with { Rules = group.Rules.Replace(rule, WithTags(rule, change)) }),
        };
    }

    public override IResourceRows? Open(StateStore store) => null;
}
