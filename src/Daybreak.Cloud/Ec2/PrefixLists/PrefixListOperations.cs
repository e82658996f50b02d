using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.PrefixLists;

/// <summary>Prefix lists of AWS. Pure: what a request reads from a network.</summary>
internal static class PrefixListOperations
{
    private static readonly Filters<PrefixList> filters = new()
    {
        { "prefix-list-id", list => list.Id },
        { "prefix-list-name", list => list.Name },
        { "owner-id", _ => "AWS" },
    };

    public static DescribePrefixListsResponse Describe(DescribePrefixListsRequest request, Network network)
    {
        var page = Page.Of(request, network, PrefixList.Of(network.Region), ResourceKind.PrefixList, request.PrefixListIds, filters);
        return new DescribePrefixListsResponse
        {
            PrefixListSet = page.Select(list => new PrefixListDescription
            {
                CidrSet = [.. list.Cidrs.Select(cidr => cidr.ToString())],
                PrefixListId = list.Id,
                PrefixListName = list.Name,
            }),
            NextToken = page.NextToken,
        };
    }

    public static DescribeManagedPrefixListsResponse DescribeManaged(DescribePrefixListsRequest request, Network network)
    {
        var page = Page.Of(request, network, PrefixList.Of(network.Region), ResourceKind.PrefixList, request.PrefixListIds, filters);
        return new DescribeManagedPrefixListsResponse
        {
            PrefixListSet = page.Select(list => new ManagedPrefixListDescription
            {
                PrefixListId = list.Id,
                PrefixListArn = $"arn:aws:ec2:{network.Region}:aws:prefix-list/{list.Id}",
                PrefixListName = list.Name,
            }),
            NextToken = page.NextToken,
        };
    }

    public static GetManagedPrefixListEntriesResponse Entries(GetManagedPrefixListEntriesRequest request, Network network)
    {
        var list = PrefixList.Find(network, request.PrefixListId);
        var page = Page.Of(list.Cidrs.Select(cidr => cidr.ToString()), cidr => cidr, request.MaxResults, request.NextToken);
        return new GetManagedPrefixListEntriesResponse { EntrySet = page.Select(cidr => new PrefixListEntry { Cidr = cidr }), NextToken = page.NextToken };
    }
}

internal sealed record DescribePrefixListsRequest : DescribeRequest
{
    [WireName("PrefixListId")]
    public IReadOnlyList<string>? PrefixListIds { get; init; }
}

internal sealed record GetManagedPrefixListEntriesRequest : Ec2Request
{
    public string? PrefixListId { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
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
    public required IReadOnlyList<PrefixListEntry> EntrySet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record PrefixListDescription
{
    public required IReadOnlyList<string> CidrSet { get; init; }

    public required string PrefixListId { get; init; }

    public required string PrefixListName { get; init; }
}

internal sealed record ManagedPrefixListDescription
{
    public required string PrefixListId { get; init; }

    public string AddressFamily { get; init; } = "IPv4";

    public string State { get; init; } = "create-complete";

    public required string PrefixListArn { get; init; }

    public required string PrefixListName { get; init; }

    public IReadOnlyList<string> TagSet { get; init; } = [];

    public string OwnerId { get; init; } = "AWS";
}

internal sealed record PrefixListEntry
{
    public required string Cidr { get; init; }
}
