using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.PrefixLists;

internal sealed record CreateManagedPrefixListRequest : CreationRequest
{
    public string? PrefixListName { get; init; }

    [WireName("Entry")]
    public IReadOnlyList<PrefixListEntryValue>? Entries { get; init; }

    public int? MaxEntries { get; init; }

    public string? AddressFamily { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record ModifyManagedPrefixListRequest : Ec2Request
{
    public string? PrefixListId { get; init; }

    public long? CurrentVersion { get; init; }

    public string? PrefixListName { get; init; }

    [WireName("AddEntry")]
    public IReadOnlyList<PrefixListEntryValue>? AddEntries { get; init; }

    [WireName("RemoveEntry")]
    public IReadOnlyList<PrefixListEntryValue>? RemoveEntries { get; init; }

    public int? MaxEntries { get; init; }
}

internal sealed record RestoreManagedPrefixListVersionRequest : Ec2Request
{
    public string? PrefixListId { get; init; }

    public long? PreviousVersion { get; init; }

    public long? CurrentVersion { get; init; }
}

internal sealed record PrefixListRequest : Ec2Request
{
    public string? PrefixListId { get; init; }
}

internal record DescribePrefixListsRequest : DescribeRequest
{
    [WireName("PrefixListId")]
    public IReadOnlyList<string>? PrefixListIds { get; init; }
}

internal sealed record DescribeManagedPrefixListsRequest : DescribePrefixListsRequest
{
    internal override PageLimits Limits => PageLimits.OfPrefixLists;
}

internal sealed record GetManagedPrefixListEntriesRequest : Ec2Request
{
    public string? PrefixListId { get; init; }

    public long? TargetVersion { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetManagedPrefixListAssociationsRequest : Ec2Request
{
    public string? PrefixListId { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record PrefixListResponse
{
    public required ManagedPrefixListDescription PrefixList { get; init; }
}

internal sealed record DescribePrefixListsResponse
{
    public required IReadOnlyList<PrefixListDescription> PrefixListSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeManagedPrefixListsResponse
{
    public required IReadOnlyList<ManagedPrefixListDescription> PrefixListSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetManagedPrefixListEntriesResponse
{
    public required IReadOnlyList<PrefixListEntryValue> EntrySet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetManagedPrefixListAssociationsResponse
{
    public required IReadOnlyList<PrefixListAssociation> PrefixListAssociationSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record PrefixListDescription
{
    public required IReadOnlyList<string> CidrSet { get; init; }

    public required string PrefixListId { get; init; }

    public required string PrefixListName { get; init; }
}

/// <summary>A prefix list in responses.</summary>
internal sealed record ManagedPrefixListDescription
{
    public required string PrefixListId { get; init; }

    public required string AddressFamily { get; init; }

    public required string State { get; init; }

    public string? StateMessage { get; init; }

    public required string PrefixListArn { get; init; }

    public required string PrefixListName { get; init; }

    public int? MaxEntries { get; init; }

    public long? Version { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string OwnerId { get; init; }

    /// <param name="state">State to show; null for its current state.</param>
    public static ManagedPrefixListDescription Of(PrefixList list, Network network, string? state = null) =>
        new()
        {
            PrefixListId = list.Id,
            AddressFamily = list.IsIpv6 ? "IPv6" : "IPv4",
            State =
                state
                ?? list.State switch
                {
                    PrefixListState.Created => "create-complete",
                    PrefixListState.Modified => "modify-complete",
                    PrefixListState.ModificationFailed => "modify-failed",
                    _ => "restore-complete",
                },
            StateMessage =
                state is null && list.State == PrefixListState.ModificationFailed
                    ? "The new maximum number of entries exceeds the quota of a resource that references the prefix list."
                    : null,
            PrefixListArn = list.IsOfAws ? $"arn:aws:ec2:{network.Region}:aws:prefix-list/{list.Id}" : Ec2Arn.Of(network, list),
            PrefixListName = list.Name,
            MaxEntries = list.IsOfAws ? null : list.MaxEntries,
            Version = list.IsOfAws ? null : list.Version,
            TagSet = Tag.List(list),
            OwnerId = list.IsOfAws ? "AWS" : network.AccountId,
        };
}

internal sealed record PrefixListEntryValue
{
    public string? Cidr { get; init; }

    public string? Description { get; init; }
}

internal sealed record PrefixListAssociation
{
    public required string ResourceId { get; init; }

    public required string ResourceOwner { get; init; }
}
