using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.PeeringConnections;

internal sealed record CreateVpcPeeringConnectionRequest : CreationRequest
{
    public string? VpcId { get; init; }

    public string? PeerVpcId { get; init; }

    public string? PeerOwnerId { get; init; }

    public string? PeerRegion { get; init; }
}

internal sealed record PeeringRequest : Ec2Request
{
    public string? VpcPeeringConnectionId { get; init; }
}

internal sealed record DescribeVpcPeeringConnectionsRequest : DescribeRequest
{
    [WireName("VpcPeeringConnectionId")]
    public IReadOnlyList<string>? VpcPeeringConnectionIds { get; init; }
}

internal sealed record ModifyVpcPeeringConnectionOptionsRequest : Ec2Request
{
    public string? VpcPeeringConnectionId { get; init; }

    public PeeringOptions? RequesterPeeringConnectionOptions { get; init; }

    public PeeringOptions? AccepterPeeringConnectionOptions { get; init; }
}

internal sealed record PeeringResponse
{
    public required PeeringDescription VpcPeeringConnection { get; init; }
}

internal sealed record DescribeVpcPeeringConnectionsResponse
{
    public required IReadOnlyList<PeeringDescription> VpcPeeringConnectionSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ModifyVpcPeeringConnectionOptionsResponse
{
    public PeeringOptions? RequesterPeeringConnectionOptions { get; init; }

    public PeeringOptions? AccepterPeeringConnectionOptions { get; init; }
}

internal sealed record PeeringOptions
{
    public bool? AllowDnsResolutionFromRemoteVpc { get; init; }

    // This belongs to EC2-Classic, which AWS has retired.
    public bool? AllowEgressFromLocalClassicLinkToRemoteVpc { get; init; }

    public bool? AllowEgressFromLocalVpcToRemoteClassicLink { get; init; }

    public static PeeringOptions Of(PeeringSide side) =>
        new()
        {
            AllowDnsResolutionFromRemoteVpc = side.AllowsDnsResolution,
            AllowEgressFromLocalClassicLinkToRemoteVpc = false,
            AllowEgressFromLocalVpcToRemoteClassicLink = false,
        };
}

/// <summary>A peering connection in responses.</summary>
internal sealed record PeeringDescription
{
    public required string VpcPeeringConnectionId { get; init; }

    public required PeeringVpcInfo RequesterVpcInfo { get; init; }

    public required PeeringVpcInfo AccepterVpcInfo { get; init; }

    public required PeeringStatusDescription Status { get; init; }

    public DateTimeOffset? ExpirationTime { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    /// <param name="status">Status to show; null for its current status.</param>
    public static PeeringDescription Of(PeeringConnection peering, Network network, PeeringStatusDescription? status = null) =>
        new()
        {
            VpcPeeringConnectionId = peering.Id,
            RequesterVpcInfo = PeeringVpcInfo.Of(peering.Requester, network),
            AccepterVpcInfo = PeeringVpcInfo.Of(peering.Accepter, network),
            Status = status ?? PeeringStatusDescription.Of(peering.Status, network.AccountId),
            ExpirationTime = peering.Status == PeeringStatus.PendingAcceptance ? peering.ExpirationTime : null,
            TagSet = Tag.List(peering),
        };
}

internal sealed record PeeringVpcInfo
{
    public string? CidrBlock { get; init; }

    public IReadOnlyList<PeeringCidrBlock>? CidrBlockSet { get; init; }

    public IReadOnlyList<PeeringIpv6CidrBlock>? Ipv6CidrBlockSet { get; init; }

    public required string OwnerId { get; init; }

    public PeeringOptions? PeeringOptions { get; init; }

    public required string VpcId { get; init; }

    public required string Region { get; init; }

    public static PeeringVpcInfo Of(PeeringSide side, Network network)
    {
        var now = network.Vpcs.Find(side.VpcId) is { } vpc ? PeeringSide.Of(vpc) : side;
        return new()
        {
            CidrBlock = now.Blocks is [var first, ..] ? first.ToString() : null,
            CidrBlockSet = now.Blocks.IsEmpty
                ? null
                : [.. now.Blocks.Select(static block => new PeeringCidrBlock { CidrBlock = block.ToString() })],
            Ipv6CidrBlockSet = now.Ipv6Blocks.IsEmpty
                ? null
                : [.. now.Ipv6Blocks.Select(static block => new PeeringIpv6CidrBlock { Ipv6CidrBlock = block.ToString() })],
            OwnerId = network.AccountId,
            PeeringOptions = PeeringOptions.Of(side),
            VpcId = side.VpcId,
            Region = network.Region,
        };
    }
}

internal sealed record PeeringCidrBlock
{
    public required string CidrBlock { get; init; }
}

internal sealed record PeeringIpv6CidrBlock
{
    public required string Ipv6CidrBlock { get; init; }
}

internal sealed record PeeringStatusDescription
{
    public required string Code { get; init; }

    public required string Message { get; init; }

    public static PeeringStatusDescription Of(string code, string message) => new() { Code = code, Message = message };

    public static PeeringStatusDescription Of(PeeringStatus status, string owner) =>
        status switch
        {
            PeeringStatus.PendingAcceptance => Of("pending-acceptance", $"Pending Acceptance by {owner}"),
            PeeringStatus.Active => Of("active", "Active"),
            PeeringStatus.Rejected => Of("rejected", $"Rejected by {owner}"),
            PeeringStatus.Failed => Of("failed", "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"),
            _ => Of("deleted", $"Deleted by {owner}"),
        };
}
