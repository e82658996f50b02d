using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cloud.Rds;

/// <summary>
/// Describes the default VPC that each account has in each region: three subnets, each in a zone of its own. Its ids follow from
/// account and region, so that they stay the same without being kept.
/// </summary>
public sealed class DefaultVpc : ISubnets
{
    private static readonly string[] zones = ["a", "b", "c"];

    public Subnet? Find(string accountId, string region, string subnetId) =>
        OfDefaultVpc(accountId, region).FirstOrDefault(subnet => subnet.SubnetId == subnetId);

    public ImmutableArray<Subnet> OfDefaultVpc(string accountId, string region) =>
        [.. zones.Select(zone => new Subnet(Id("subnet", accountId, region, zone), Id("vpc", accountId, region), region + zone))];

    public string DefaultSecurityGroup(string accountId, string region, string vpcId) => Id("sg", accountId, region);

    public string? VpcOfSecurityGroup(string accountId, string region, string securityGroupId) =>
        securityGroupId == Id("sg", accountId, region) ? Id("vpc", accountId, region) : null;

    private static string Id(string kind, params string[] of)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(kind + "/" + string.Join('/', of)));
        return $"{kind}-0{Convert.ToHexStringLower(hash)[..16]}";
    }
}
