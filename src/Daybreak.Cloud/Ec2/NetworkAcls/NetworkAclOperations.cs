using System.Globalization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.NetworkAcls;

/// <summary>Network ACLs. Pure functions of a request and a network.</summary>
internal static class NetworkAclOperations
{
    // This applies to each direction of IPv4 and IPv6 and includes the entry that denies the rest.
    private const int MostEntries = 20;

    private static readonly Filters<NetworkAcl> Filters = new(Resource.TagValue)
    {
        { "network-acl-id", acl => acl.Id },
        { "vpc-id", acl => acl.VpcId },
        { "default", acl => acl.IsDefault },
        { "association.association-id", acl => acl.Associations.Select(association => association.AssociationId) },
        { "association.network-acl-id", acl => acl.Associations.IsEmpty ? null : acl.Id },
        { "association.subnet-id", acl => acl.Associations.Select(association => association.SubnetId) },
        { "entry.cidr", acl => acl.Entries.Where(entry => !entry.Cidr.IsIpv6).Select(entry => entry.Cidr.ToString()) },
        { "entry.ipv6-cidr", acl => acl.Entries.Where(entry => entry.Cidr.IsIpv6).Select(entry => entry.Cidr.ToString()) },
        { "entry.egress", acl => acl.Entries.Select(entry => entry.IsEgress ? "true" : "false") },
        { "entry.protocol", acl => acl.Entries.Select(entry => entry.Protocol.Digits) },
        { "entry.rule-action", acl => acl.Entries.Select(entry => entry.Allows ? "allow" : "deny") },
        { "entry.rule-number", acl => acl.Entries.Select(entry => entry.RuleNumber.ToString(CultureInfo.InvariantCulture)) },
        { "entry.port-range.from", acl => acl.Entries.Select(entry => entry.Ports?.From.ToString(CultureInfo.InvariantCulture)) },
        { "entry.port-range.to", acl => acl.Entries.Select(entry => entry.Ports?.To.ToString(CultureInfo.InvariantCulture)) },
        { "entry.icmp.type", acl => acl.Entries.Select(entry => entry.Icmp?.Type.ToString(CultureInfo.InvariantCulture)) },
        { "entry.icmp.code", acl => acl.Entries.Select(entry => entry.Icmp?.Code.ToString(CultureInfo.InvariantCulture)) },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", acl => acl.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateNetworkAclRequest, CreateNetworkAclResponse>(state, "CreateNetworkAcl", Create)
            {
                Makes = "network-acl",
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<NetworkAclEntryRequest, Done>(state, "CreateNetworkAclEntry", CreateEntry)
            {
                Names = [("network-acl", static (r, _) => [r.NetworkAclId])],
            },
            new Ec2Operation<NetworkAclRequest, Done>(state, "DeleteNetworkAcl", Delete)
            {
                Names = [("network-acl", static (r, _) => [r.NetworkAclId])],
            },
            new Ec2Operation<DeleteNetworkAclEntryRequest, Done>(state, "DeleteNetworkAclEntry", DeleteEntry)
            {
                Names = [("network-acl", static (r, _) => [r.NetworkAclId])],
            },
            new Ec2Operation<DescribeNetworkAclsRequest, DescribeNetworkAclsResponse>(state, "DescribeNetworkAcls", Describe),
            new Ec2Operation<ReplaceNetworkAclAssociationRequest, ReplaceNetworkAclAssociationResponse>(
                state,
                "ReplaceNetworkAclAssociation",
                ReplaceAssociation
            )
            {
                Names = [("network-acl", static (r, _) => [r.NetworkAclId]), ("subnet", static (r, n) => [SubnetOf(r.AssociationId, n)])],
            },
            new Ec2Operation<NetworkAclEntryRequest, Done>(state, "ReplaceNetworkAclEntry", ReplaceEntry)
            {
                Names = [("network-acl", static (r, _) => [r.NetworkAclId])],
            },
        ];

    public static Change<CreateNetworkAclResponse> Create(CreateNetworkAclRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var tags = TagSpecification.For(request, "network-acl");
        if (
            ClientTokens.Earlier(network.NetworkAcls.All, request.ClientToken, acl => acl.ClientToken, acl => acl.VpcId == vpc.Id) is
            { } earlier
        )
            return Change.To(
                network,
                new CreateNetworkAclResponse { NetworkAcl = NetworkAclDescription.Of(earlier, network), ClientToken = request.ClientToken }
            );
        var acl = new NetworkAcl
        {
            Id = ResourceKind.NetworkAcl.NewId(),
            VpcId = vpc.Id,
            IsDefault = false,
            Entries = NetworkAcl.Ordered(DenyAll(vpc, isEgress: true).Concat(DenyAll(vpc, isEgress: false))),
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        return Change.To(
            network with
            {
                NetworkAcls = network.NetworkAcls.With(acl),
            },
            new CreateNetworkAclResponse { NetworkAcl = NetworkAclDescription.Of(acl, network), ClientToken = request.ClientToken }
        );
    }

    public static DescribeNetworkAclsResponse Describe(DescribeNetworkAclsRequest request, Network network)
    {
        var page = Page.Of(request, network, network.NetworkAcls, ResourceKind.NetworkAcl, request.NetworkAclIds, Filters);
        return new DescribeNetworkAclsResponse
        {
            NetworkAclSet = page.Select(acl => NetworkAclDescription.Of(acl, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Delete(NetworkAclRequest request, Network network)
    {
        var acl = ResourceKind.NetworkAcl.Find(network.NetworkAcls, request.NetworkAclId);
        if (acl.IsDefault)
            throw Ec2Errors.InvalidValue($"cannot delete default network ACL {acl.Id}");
        return acl.Associations.IsEmpty
            ? Change.To(network with { NetworkAcls = network.NetworkAcls.Without(acl.Id) })
            : throw Ec2Errors.HasDependencies("networkAcl", acl.Id);
    }

    public static Change<Done> CreateEntry(NetworkAclEntryRequest request, Network network)
    {
        var acl = ResourceKind.NetworkAcl.Find(network.NetworkAcls, request.NetworkAclId);
        var entry = EntryReader.Read(request);
        if (Find(acl, entry.IsEgress, entry.RuleNumber) is not null)
            throw Ec2Errors.EntryExists(entry.RuleNumber);
        IsInLimit([.. acl.Entries, entry], entry);
        return With(acl, [.. acl.Entries, entry], network);
    }

    public static Change<Done> ReplaceEntry(NetworkAclEntryRequest request, Network network)
    {
        var acl = ResourceKind.NetworkAcl.Find(network.NetworkAcls, request.NetworkAclId);
        var entry = EntryReader.Read(request);
        var before = Find(acl, entry.IsEgress, entry.RuleNumber) ?? throw Ec2Errors.EntryNotFound(entry.RuleNumber);
        var entries = acl.Entries.Replace(before, entry);
        IsInLimit(entries, entry);
        return With(acl, entries, network);
    }

    public static Change<Done> DeleteEntry(DeleteNetworkAclEntryRequest request, Network network)
    {
        var acl = ResourceKind.NetworkAcl.Find(network.NetworkAcls, request.NetworkAclId);
        var number = EntryReader.Number(request.RuleNumber);
        var entry = Find(acl, request.Egress ?? throw Ec2Errors.Missing("egress"), number) ?? throw Ec2Errors.EntryNotFound(number);
        return With(acl, acl.Entries.Remove(entry), network);
    }

    public static Change<ReplaceNetworkAclAssociationResponse> ReplaceAssociation(
        ReplaceNetworkAclAssociationRequest request,
        Network network
    )
    {
        if (string.IsNullOrEmpty(request.AssociationId))
            throw Ec2Errors.Missing("associationId");
        var before =
            network.NetworkAcls.All.FirstOrDefault(acl =>
                acl.Associations.Any(association => association.AssociationId == request.AssociationId)
            ) ?? throw Ec2Errors.AssociationNotFound(request.AssociationId);
        var association = before.Associations.First(association => association.AssociationId == request.AssociationId);
        var acl = ResourceKind.NetworkAcl.Find(network.NetworkAcls, request.NetworkAclId);
        if (acl.VpcId != before.VpcId)
            throw Ec2Errors.InvalidValue($"network ACL {acl.Id} and subnet {association.SubnetId} belong to different networks");
        var replacement = association with { AssociationId = Ec2Id.New("aclassoc") };
        var acls = network.NetworkAcls.With(before with { Associations = before.Associations.Remove(association) });
        acl = acls.Find(acl.Id)!;
        return Change.To(
            network with
            {
                NetworkAcls = acls.With(acl with { Associations = acl.Associations.Add(replacement) }),
            },
            new ReplaceNetworkAclAssociationResponse { NewAssociationId = replacement.AssociationId }
        );
    }

    /// <summary>Whether an ACL may have one more entry for IPv4 in a direction.</summary>
    public static bool HasRoom(NetworkAcl acl, bool isEgress) => Count(acl.Entries, isEgress, isIpv6: false) < MostEntries;

    public static string? SubnetOf(string? associationId, Network network) =>
        network
            .NetworkAcls.All.SelectMany(acl => acl.Associations)
            .FirstOrDefault(association => association.AssociationId == associationId)
            ?.SubnetId;

    private static NetworkAclEntry? Find(NetworkAcl acl, bool isEgress, int number) =>
        acl.Entries.FirstOrDefault(entry => entry.IsEgress == isEgress && entry.RuleNumber == number);

    private static IEnumerable<NetworkAclEntry> DenyAll(Vpc vpc, bool isEgress) =>
        vpc.Ipv6CidrBlocks.IsEmpty
            ? [NetworkAclEntry.DenyAll(isEgress)]
            : [NetworkAclEntry.DenyAll(isEgress), NetworkAclEntry.DenyAll(isEgress, isIpv6: true)];

    private static void IsInLimit(IEnumerable<NetworkAclEntry> entries, NetworkAclEntry changed)
    {
        if (Count(entries, changed.IsEgress, changed.Cidr.IsIpv6) > MostEntries)
            throw Ec2Errors.TooManyEntries();
    }

    // The entry that denies the rest counts even when it is not shown.
    private static int Count(IEnumerable<NetworkAclEntry> entries, bool isEgress, bool isIpv6) =>
        1
        + entries.Count(entry =>
            entry.IsEgress == isEgress && entry.Cidr.IsIpv6 == isIpv6 && entry.RuleNumber <= NetworkAclEntry.MostRuleNumber
        );

    private static Change<Done> With(NetworkAcl acl, IEnumerable<NetworkAclEntry> entries, Network network) =>
        Change.To(network with { NetworkAcls = network.NetworkAcls.With(acl with { Entries = NetworkAcl.Ordered(entries) }) });
}
