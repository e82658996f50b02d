using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.NetworkAcls;

/// <summary>A network ACL as it is stored. Every subnet has exactly one.</summary>
internal sealed record NetworkAcl : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<NetworkAcl> Set = new(
        ResourceKind.NetworkAcl,
        "network-acl",
        "network_acl",
        Ec2Json.Default.NetworkAcl,
        static network => network.NetworkAcls,
        static (network, all) => network with { NetworkAcls = all }
    );

    public required string VpcId { get; init; }

    public required bool IsDefault { get; init; }

    /// <summary>The entries by direction and number; the first that matches decides. The last of each direction is
    /// <see cref="NetworkAclEntry.DenyAll"/>.</summary>
    public required ImmutableArray<NetworkAclEntry> Entries { get; init; }

    public ImmutableArray<NetworkAclAssociation> Associations { get; init; } = [];

    public string? ClientToken { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:NetworkAclID", Id);
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }

    // What AWS made with the VPC is deleted with it; everything else has to be deleted before.
    public override bool KeepsVpc(string vpcId) => VpcId == vpcId && !IsDefault;

    public static ImmutableArray<NetworkAclEntry> Ordered(IEnumerable<NetworkAclEntry> entries) =>
        [.. entries.OrderByDescending(static entry => entry.IsEgress).ThenBy(static entry => entry.RuleNumber)];
}

internal sealed record NetworkAclAssociation(string AssociationId, string SubnetId);

internal sealed record NetworkAclEntry
{
    /// <summary>The highest number that a user may give.</summary>
    public const int MostRuleNumber = 32766;

    public required int RuleNumber { get; init; }

    public required bool IsEgress { get; init; }

    public required bool Allows { get; init; }

    public required IpProtocol Protocol { get; init; }

    public required Cidr Cidr { get; init; }

    /// <summary>Ports of TCP and UDP; null for other protocols.</summary>
    public PortRange? Ports { get; init; }

    /// <summary>Type and code of ICMP; null for other protocols.</summary>
    public IcmpTypeCode? Icmp { get; init; }

    /// <summary>The entry shown as <c>*</c>, which nobody can remove. An ACL has one for IPv6 when its VPC has an IPv6 block.</summary>
    public static NetworkAclEntry DenyAll(bool isEgress, bool isIpv6 = false) =>
        new()
        {
            RuleNumber = MostRuleNumber + (isIpv6 ? 2 : 1),
            IsEgress = isEgress,
            Allows = false,
            Protocol = IpProtocol.All,
            Cidr = isIpv6 ? Cidr.AllIpv6 : Cidr.AllIpv4,
        };
}

internal sealed record PortRange(int From, int To)
{
    public bool Contains(int port) => From <= port && port <= To;
}

/// <summary>-1 stands for all types or codes.</summary>
internal sealed record IcmpTypeCode(int Type, int Code);
