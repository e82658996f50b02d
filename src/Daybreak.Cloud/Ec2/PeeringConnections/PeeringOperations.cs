using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.PeeringConnections;

/// <summary>Peering connections between the VPCs of an account in a Region: functions of a request and a network.</summary>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html</remarks>
internal sealed class PeeringOperations(TimeProvider time)
{
    private static readonly TimeSpan Acceptable = TimeSpan.FromDays(7);

    // How long ended connections are shown.
    private static readonly TimeSpan ShownAfterwards = TimeSpan.FromHours(2);

    private static readonly Filters<PeeringConnection> Filters = new(Resource.TagValue)
    {
        { "vpc-peering-connection-id", peering => peering.Id },
        { "requester-vpc-info.vpc-id", peering => peering.Requester.VpcId },
        { "requester-vpc-info.cidr-block", (peering, network) => [PeeringVpcInfo.Of(peering.Requester, network).CidrBlock] },
        { "requester-vpc-info.owner-id", (_, network) => [network.AccountId] },
        { "accepter-vpc-info.vpc-id", peering => peering.Accepter.VpcId },
        { "accepter-vpc-info.cidr-block", (peering, network) => [PeeringVpcInfo.Of(peering.Accepter, network).CidrBlock] },
        { "accepter-vpc-info.owner-id", (_, network) => [network.AccountId] },
        {
            "expiration-time",
            peering =>
                peering.ExpirationTime.UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                    System.Globalization.CultureInfo.InvariantCulture
                )
        },
        { "status-code", (peering, network) => [PeeringStatusDescription.Of(peering.Status, network.AccountId).Code] },
        { "status-message", (peering, network) => [PeeringStatusDescription.Of(peering.Status, network.AccountId).Message] },
        { "tag-key", peering => peering.Tags.Keys },
    };

    public IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<PeeringRequest, PeeringResponse>(state, "AcceptVpcPeeringConnection", Accept)
            {
                Names =
                [
                    ("vpc", static (r, n) => [n.PeeringConnections.Find(r.VpcPeeringConnectionId)?.Accepter.VpcId]),
                    ("vpc-peering-connection", static (r, _) => [r.VpcPeeringConnectionId]),
                ],
            },
            new Ec2Operation<CreateVpcPeeringConnectionRequest, PeeringResponse>(state, "CreateVpcPeeringConnection", Create)
            {
                Makes = "vpc-peering-connection",
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<PeeringRequest, Done>(state, "DeleteVpcPeeringConnection", Delete)
            {
                Names = [("vpc-peering-connection", static (r, _) => [r.VpcPeeringConnectionId])],
            },
            new Ec2Operation<DescribeVpcPeeringConnectionsRequest, DescribeVpcPeeringConnectionsResponse>(
                state,
                "DescribeVpcPeeringConnections",
                Describe
            ),
            new Ec2Operation<ModifyVpcPeeringConnectionOptionsRequest, ModifyVpcPeeringConnectionOptionsResponse>(
                state,
                "ModifyVpcPeeringConnectionOptions",
                ModifyOptions
            )
            {
                Names = [("vpc-peering-connection", static (r, _) => [r.VpcPeeringConnectionId])],
            },
            new Ec2Operation<PeeringRequest, Done>(state, "RejectVpcPeeringConnection", Reject)
            {
                Names = [("vpc-peering-connection", static (r, _) => [r.VpcPeeringConnectionId])],
            },
        ];

    /// <summary>As on AWS, a request that cannot succeed is accepted and then shown as failed.</summary>
    public Change<PeeringResponse> Create(CreateVpcPeeringConnectionRequest request, Network network)
    {
        if (request.PeerOwnerId is { Length: > 0 } owner && owner != network.AccountId)
            throw NotImplemented.Of("VPC peering connections with another account");
        if (request.PeerRegion is { Length: > 0 } region && region != network.Region)
            throw NotImplemented.Of("VPC peering connections with another Region");
        if (string.IsNullOrEmpty(request.PeerVpcId))
            throw Ec2Errors.Missing("peerVpcId");
        var requester = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var tags = TagSpecification.For(request, "vpc-peering-connection");
        ResourceKind.Vpc.AreWellFormed([request.PeerVpcId]);
        network = Kept(network);
        var accepter = network.Vpcs.Find(request.PeerVpcId);
        if (
            network.PeeringConnections.All.FirstOrDefault(other => other.EndTime is null && other.Joins(requester.Id, request.PeerVpcId)) is
            { } existing
        )
        {
            throw AwsException.Sender(
                "VpcPeeringConnectionAlreadyExists",
                $"A VPC peering connection already exists between {requester.Id} and {request.PeerVpcId}: {existing.Id}"
            );
        }
        var now = time.GetUtcNow();
        var fails = accepter is null || Overlap(requester, accepter);
        var peering = new PeeringConnection
        {
            Id = ResourceKind.PeeringConnection.NewId(),
            Requester = PeeringSide.Of(requester),
            Accepter = accepter is null ? new PeeringSide(request.PeerVpcId) : PeeringSide.Of(accepter),
            Status = fails ? PeeringStatus.Failed : PeeringStatus.PendingAcceptance,
            ExpirationTime = now + Acceptable,
            EndTime = fails ? now : null,
            Tags = tags,
        };
        var after = network with { PeeringConnections = network.PeeringConnections.With(peering) };
        var initiating = PeeringStatusDescription.Of("initiating-request", $"Initiating Request to {network.AccountId}");
        return Change.To(
            after,
            new PeeringResponse
            {
                VpcPeeringConnection = PeeringDescription.Of(peering, after, initiating) with { ExpirationTime = peering.ExpirationTime },
            }
        );
    }

    public DescribeVpcPeeringConnectionsResponse Describe(DescribeVpcPeeringConnectionsRequest request, Network network)
    {
        var page = Page.Of(
            request,
            network,
            Kept(network).PeeringConnections,
            ResourceKind.PeeringConnection,
            request.VpcPeeringConnectionIds,
            Filters
        );
        return new DescribeVpcPeeringConnectionsResponse
        {
            VpcPeeringConnectionSet = page.Select(peering => PeeringDescription.Of(peering, network)),
            NextToken = page.NextToken,
        };
    }

    public Change<PeeringResponse> Accept(PeeringRequest request, Network network)
    {
        network = Kept(network);
        var peering = ResourceKind.PeeringConnection.Find(network.PeeringConnections, request.VpcPeeringConnectionId);
        IsPending(peering, "provisioning");
        var after = network with { PeeringConnections = network.PeeringConnections.With(peering with { Status = PeeringStatus.Active }) };
        var provisioning = PeeringStatusDescription.Of("provisioning", "Provisioning");
        return Change.To(
            after,
            new PeeringResponse
            {
                VpcPeeringConnection = PeeringDescription.Of(after.PeeringConnections.Find(peering.Id)!, after, provisioning),
            }
        );
    }

    public Change<Done> Reject(PeeringRequest request, Network network)
    {
        network = Kept(network);
        var peering = ResourceKind.PeeringConnection.Find(network.PeeringConnections, request.VpcPeeringConnectionId);
        IsPending(peering, "rejected");
        return Ended(peering, PeeringStatus.Rejected, network);
    }

    public Change<Done> Delete(PeeringRequest request, Network network)
    {
        network = Kept(network);
        var peering = ResourceKind.PeeringConnection.Find(network.PeeringConnections, request.VpcPeeringConnectionId);
        return peering.EndTime is null ? Ended(peering, PeeringStatus.Deleted, network) : throw NoTransition(peering, "deleting");
    }

    public Change<ModifyVpcPeeringConnectionOptionsResponse> ModifyOptions(
        ModifyVpcPeeringConnectionOptionsRequest request,
        Network network
    )
    {
        network = Kept(network);
        var peering = ResourceKind.PeeringConnection.Find(network.PeeringConnections, request.VpcPeeringConnectionId);
        if (!peering.IsActive)
            throw Ec2Errors.NotPermitted($"Peering {peering.Id} is not active. Peering options can be added only to active peerings.");
        var (requester, accepter) = (request.RequesterPeeringConnectionOptions, request.AccepterPeeringConnectionOptions);
        var allows = requester?.AllowDnsResolutionFromRemoteVpc == true || accepter?.AllowDnsResolutionFromRemoteVpc == true;
        if (
            allows
            && new[] { peering.Requester, peering.Accepter }.Any(side => network.Vpcs.Find(side.VpcId) is not { EnableDnsHostnames: true })
        )
        {
            throw AwsException.Sender(
                "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
                "To enable DNS hostname resolution for the VPC peering connection, DNS hostname support must be enabled for the VPCs."
            );
        }
        var after = peering with
        {
            Requester = peering.Requester with
            {
                AllowsDnsResolution = requester?.AllowDnsResolutionFromRemoteVpc ?? peering.Requester.AllowsDnsResolution,
            },
            Accepter = peering.Accepter with
            {
                AllowsDnsResolution = accepter?.AllowDnsResolutionFromRemoteVpc ?? peering.Accepter.AllowsDnsResolution,
            },
        };
        return Change.To(
            network with
            {
                PeeringConnections = network.PeeringConnections.With(after),
            },
            new ModifyVpcPeeringConnectionOptionsResponse
            {
                RequesterPeeringConnectionOptions = requester is null ? null : PeeringOptions.Of(after.Requester),
                AccepterPeeringConnectionOptions = accepter is null ? null : PeeringOptions.Of(after.Accepter),
            }
        );
    }

    private void IsPending(PeeringConnection peering, string wanted)
    {
        if (peering.Status != PeeringStatus.PendingAcceptance)
            throw NoTransition(peering, wanted);
        if (peering.ExpirationTime < time.GetUtcNow())
            throw AwsException.Sender(
                "InvalidStateTransition",
                $"Invalid state transition for {peering.Id}, attempted to transition from expired to {wanted}"
            );
    }

    private Change<Done> Ended(PeeringConnection peering, PeeringStatus status, Network network) =>
        Change.To(
            network with
            {
                PeeringConnections = network.PeeringConnections.With(peering with { Status = status, EndTime = time.GetUtcNow() }),
            }
        );

    private static AwsException NoTransition(PeeringConnection peering, string wanted) =>
        AwsException.Sender(
            "InvalidStateTransition",
            $"Invalid state transition for {peering.Id}, attempted to transition from "
                + $"{PeeringStatusDescription.Of(peering.Status, "").Code} to {wanted}"
        );

    private static bool Overlap(Vpc one, Vpc other) =>
        one
            .CidrBlocks.Concat(one.Ipv6CidrBlocks)
            .Any(block => other.CidrBlocks.Concat(other.Ipv6CidrBlocks).Any(far => far.Cidr.Overlaps(block.Cidr)));

    private Network Kept(Network network)
    {
        var now = time.GetUtcNow();
        var gone = network
            .PeeringConnections.All.Where(peering => peering.EndTime < now - ShownAfterwards)
            .Select(static peering => peering.Id)
            .ToList();
        return gone.Count == 0 ? network : network with { PeeringConnections = network.PeeringConnections.Without(gone) };
    }
}
