using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>A security group as it is stored.</summary>
internal sealed record SecurityGroup : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<SecurityGroup> Set = new(
        ResourceKind.SecurityGroup,
        "security-group",
        "network_security_group",
        Ec2Json.Default.SecurityGroup,
        static network => network.SecurityGroups,
        static (network, all) => network with { SecurityGroups = all }
    );

    /// <summary>The name of the group that every VPC has.</summary>
    public const string Default = "default";

    public required string VpcId { get; init; }

    public required string GroupName { get; init; }

    public required string Description { get; init; }

    /// <summary>The rules in the order in which they were made, which has no meaning.</summary>
    public ImmutableArray<SecurityGroupRule> Rules { get; init; } = [];

    [JsonIgnore]
    public bool IsDefault => GroupName == Default;

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:SecurityGroupID", Id);
        keys.Add("ec2:Vpc", ResourceKeys.VpcArn(VpcId, network));
    }

    // What AWS made with the VPC is deleted with it; everything else has to be deleted before.
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

    /// <summary>Whether the rule matches a protocol and port, regardless of the peer.</summary>
    public bool Covers(IpProtocol protocol, int port) =>
        Protocol.Covers(protocol) && (FromPort is null || FromPort <= port) && (ToPort is null || ToPort >= port);

    /// <summary>Whether the rules are duplicates.</summary>
    public bool Matches(SecurityGroupRule other) =>
        IsEgress == other.IsEgress
        && Protocol == other.Protocol
        && FromPort == other.FromPort
        && ToPort == other.ToPort
        && Peer == other.Peer;
}

/// <summary>The source that an ingress rule admits, or the destination that an egress rule admits.</summary>
[JsonDerivedType(typeof(CidrPeer), "cidr")]
[JsonDerivedType(typeof(GroupPeer), "group")]
[JsonDerivedType(typeof(PrefixListPeer), "prefix-list")]
internal abstract record RulePeer;

internal sealed record CidrPeer(Cidr Cidr) : RulePeer;

/// <summary>The interfaces that have a group. Addresses on the internet never match.</summary>
internal sealed record GroupPeer(string GroupId) : RulePeer
{
    /// <summary>The peering connection, if the group is in a peer VPC.</summary>
    public string? Peering { get; init; }

    public string? PeerVpcId { get; init; }

    /// <summary>The status of the peering connection; null for a group of the same VPC.</summary>
    public static string? StatusOf(GroupPeer peer, Network network) =>
        peer.Peering is null ? null
        : network.PeeringConnections.Find(peer.Peering) is { } peering ? PeeringStatusDescription.Of(peering.Status, network.AccountId).Code
        : "deleted";
}

internal sealed record PrefixListPeer(string PrefixListId) : RulePeer;
