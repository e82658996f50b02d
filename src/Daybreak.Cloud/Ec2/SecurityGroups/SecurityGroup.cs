using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>A security group as it is kept.</summary>
internal sealed record SecurityGroup : Resource
{
    /// <summary>Where a network has them, and how they are kept.</summary>
    public static readonly StoredResources<SecurityGroup> Set = new(
        ResourceKind.SecurityGroup,
        "security-group",
        "network_security_group",
        Ec2Json.Default.SecurityGroup,
        static network => network.SecurityGroups,
        static (network, all) => network with { SecurityGroups = all }
    );

    /// <summary>Name of the group that every VPC has.</summary>
    public const string Default = "default";

    public required string VpcId { get; init; }

    public required string GroupName { get; init; }

    public required string Description { get; init; }

    /// <summary>In the order in which they were made; AWS gives the order no meaning.</summary>
    public ImmutableArray<SecurityGroupRule> Rules { get; init; } = [];

    [JsonIgnore]
    public bool IsDefault => GroupName == Default;

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:SecurityGroupID", Id);
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }

    // What came with the VPC goes with it; anything else has to go first.
    public override bool KeepsVpc(string vpcId) => VpcId == vpcId && !IsDefault;
}

/// <summary>One rule: one direction, protocol, port range and peer.</summary>
internal sealed record SecurityGroupRule : Resource
{
    public static readonly SecurityGroupRuleSet Set = new();

    public required bool IsEgress { get; init; }

    public required IpProtocol Protocol { get; init; }

    /// <summary>First port, or type of ICMP with -1 for all; null for protocols without ports.</summary>
    public int? FromPort { get; init; }

    /// <summary>Last port, or code of ICMP with -1 for all; null for protocols without ports.</summary>
    public int? ToPort { get; init; }

    public required RulePeer Peer { get; init; }

    public string? Description { get; init; }

    public override string Kind => Set.Kind;

    /// <summary>Whether packets of a protocol with ports match, the peer apart.</summary>
    public bool Covers(IpProtocol protocol, int port) =>
        Protocol.Covers(protocol) && (FromPort is null || FromPort <= port) && (ToPort is null || ToPort >= port);

    /// <summary>Two rules that are equal in this are duplicates.</summary>
    public bool Matches(SecurityGroupRule other) =>
        IsEgress == other.IsEgress
        && Protocol == other.Protocol
        && FromPort == other.FromPort
        && ToPort == other.ToPort
        && Peer == other.Peer;
}

/// <summary>From where packets come that an ingress rule admits, or where those of an egress rule go.</summary>
[JsonDerivedType(typeof(CidrPeer), "cidr")]
[JsonDerivedType(typeof(GroupPeer), "group")]
[JsonDerivedType(typeof(PrefixListPeer), "prefix-list")]
internal abstract record RulePeer;

internal sealed record CidrPeer(Cidr Cidr) : RulePeer;

/// <summary>Interfaces that have this group. Never an address on the internet.</summary>
internal sealed record GroupPeer(string GroupId) : RulePeer
{
    /// <summary>Of a group of a peer VPC, as the next one.</summary>
    public string? Peering { get; init; }

    public string? PeerVpcId { get; init; }

    /// <summary>Null for a group of the same VPC.</summary>
    public static string? StatusOf(GroupPeer peer, Network network) =>
        peer.Peering is null ? null
        : network.PeeringConnections.Find(peer.Peering) is { } peering ? PeeringStatusDescription.Of(peering.Status, network.AccountId).Code
        : "deleted";
}

internal sealed record PrefixListPeer(string PrefixListId) : RulePeer;
