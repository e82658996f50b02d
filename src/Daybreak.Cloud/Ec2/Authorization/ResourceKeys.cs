using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Authorization;

/// <summary>The context keys that resources of EC2 have.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html</remarks>
internal static class ResourceKeys
{
    /// <summary>Keys that every request has.</summary>
    public static ContextKeys Of(string region) => new() { { "ec2:Region", region } };

    /// <summary>Keys of a resource. A missing one has only its Region.</summary>
    public static ContextKeys Of(Resource? resource, Network network)
    {
        var keys = Of(network.Region);
        foreach (var (key, value) in resource?.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            keys.Add($"aws:ResourceTag/{key}", value);
            keys.Add($"ec2:ResourceTag/{key}", value);
        }
        resource?.AddKeys(keys, network);
        return keys;
    }

    /// <summary>Adds the keys of an endpoint, whether it exists or is requested.</summary>
    public static void AddService(ContextKeys keys, string serviceName, string region)
    {
        keys.Add("ec2:VpceServiceName", serviceName);
        keys.Add("ec2:VpceServiceOwner", "amazon");
        keys.Add("ec2:VpceServiceRegion", region);
    }

    /// <summary>Adds the keys of a peering connection, whether it exists or is requested.</summary>
    public static void AddSides(ContextKeys keys, string requester, string accepter, string account, string region)
    {
        keys.Add("ec2:RequesterVpc", Ec2Arn.Of(account, region, "vpc", requester));
        keys.Add("ec2:AccepterVpc", Ec2Arn.Of(account, region, "vpc", accepter));
    }

    /// <summary>Adds the keys of the tags in a request.</summary>
    public static void AddTags(ContextKeys keys, IEnumerable<Tags.Tag> tags)
    {
        var names = new List<string>();
        foreach (var tag in tags)
        {
            if (tag.Key is null)
                continue;
            names.Add(tag.Key);
            keys.Add($"aws:RequestTag/{tag.Key}", tag.Value ?? "");
        }
        if (names.Count > 0)
            keys.Add("aws:TagKeys", names.ToArray());
    }

    public static string VpcArn(string vpcId, Network network) => Ec2Arn.Of(network.AccountId, network.Region, "vpc", vpcId);
}
