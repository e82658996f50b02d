using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.PeeringConnections;

/// <summary>A peering connection of two VPCs of the account in the Region, as it is stored. Ended ones stay for a while.</summary>
internal sealed record PeeringConnection : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<PeeringConnection> Set = new(
        ResourceKind.PeeringConnection,
        "vpc-peering-connection",
        "network_peering_connection",
        Ec2Json.Default.PeeringConnection,
        static network => network.PeeringConnections,
        static (network, all) => network with { PeeringConnections = all }
    );

    public required PeeringSide Requester { get; init; }

    public required PeeringSide Accepter { get; init; }

    public required PeeringStatus Status { get; init; }

    /// <summary>The time until which it can be accepted.</summary>
    public required DateTimeOffset ExpirationTime { get; init; }

    /// <summary>Null unless it has ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    [JsonIgnore]
    public bool IsActive => Status == PeeringStatus.Active;

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:VpcPeeringConnectionID", Id);
        ResourceKeys.AddSides(keys, Requester.VpcId, Accepter.VpcId, network.AccountId, network.Region);
    }

    public override bool KeepsVpc(string vpcId) => EndTime is null && Has(vpcId);

    public bool Has(string vpcId) => Requester.VpcId == vpcId || Accepter.VpcId == vpcId;

    public bool Joins(string one, string other) => one != other && Has(one) && Has(other);
}

/// <summary>One of the two VPCs, with its blocks when it last existed.</summary>
internal sealed record PeeringSide(string VpcId)
{
    public ImmutableArray<Cidr> Blocks { get; init; } = [];

    public ImmutableArray<Cidr> Ipv6Blocks { get; init; } = [];

    /// <summary>Whether the other VPC resolves names of this VPC's instances to private addresses.</summary>
    public bool AllowsDnsResolution { get; init; }

    public static PeeringSide Of(Vpc vpc) =>
        new(vpc.Id)
        {
            Blocks = [.. vpc.CidrBlocks.Select(static block => block.Cidr)],
            Ipv6Blocks = [.. vpc.Ipv6CidrBlocks.Select(static block => block.Cidr)],
        };
}

internal enum PeeringStatus
{
    PendingAcceptance,
    Active,
    Rejected,
    Failed,
    Deleted,
}
