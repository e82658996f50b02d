using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.PrefixLists;

/// <summary>Lists the prefix lists of AWS and of the customer. Pure functions of a request and a network.</summary>
internal static class PrefixListOperations
{
    private static readonly Filters<PrefixList> Filters = new()
    {
        { "prefix-list-id", list => list.Id },
        { "prefix-list-name", list => list.Name },
    };

    // Filters by tags are not in the API Reference, but Terraform's data source uses them.
    private static readonly Filters<PrefixList> FiltersOfManaged = new(Resource.TagValue)
    {
        { "prefix-list-id", list => list.Id },
        { "prefix-list-name", list => list.Name },
        { "owner-id", (list, network) => [list.IsOfAws ? "AWS" : network.AccountId] },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<DescribeManagedPrefixListsRequest, DescribeManagedPrefixListsResponse>(
                state,
                "DescribeManagedPrefixLists",
                DescribeManaged
            ),
            new Ec2Operation<DescribePrefixListsRequest, DescribePrefixListsResponse>(state, "DescribePrefixLists", Describe),
            new Ec2Operation<GetManagedPrefixListAssociationsRequest, GetManagedPrefixListAssociationsResponse>(
                state,
                "GetManagedPrefixListAssociations",
                Associations
            )
            {
                Names = [("prefix-list", static (r, _) => [r.PrefixListId])],
            },
            new Ec2Operation<GetManagedPrefixListEntriesRequest, GetManagedPrefixListEntriesResponse>(
                state,
                "GetManagedPrefixListEntries",
                Entries
            )
            {
                Names = [("prefix-list", static (r, _) => [r.PrefixListId])],
            },
        ];

    /// <summary>Lists only those of AWS, as this operation is older than the customer's lists.</summary>
    public static DescribePrefixListsResponse Describe(DescribePrefixListsRequest request, Network network)
    {
        var page = Page.Of(request, network, PrefixList.OfAws(network.Region), ResourceKind.PrefixList, request.PrefixListIds, Filters);
        return new DescribePrefixListsResponse
        {
            PrefixListSet = page.Select(list => new PrefixListDescription
            {
                CidrSet = [.. list.Entries.Select(entry => entry.Cidr.ToString())],
                PrefixListId = list.Id,
                PrefixListName = list.Name,
            }),
            NextToken = page.NextToken,
        };
    }

    public static DescribeManagedPrefixListsResponse DescribeManaged(DescribeManagedPrefixListsRequest request, Network network)
    {
        var page = Page.Of(request, network, PrefixList.All(network), ResourceKind.PrefixList, request.PrefixListIds, FiltersOfManaged);
        return new DescribeManagedPrefixListsResponse
        {
            PrefixListSet = page.Select(list => ManagedPrefixListDescription.Of(list, network)),
            NextToken = page.NextToken,
        };
    }

    public static GetManagedPrefixListEntriesResponse Entries(GetManagedPrefixListEntriesRequest request, Network network)
    {
        var list = PrefixList.Find(network, request.PrefixListId);
        var version = request.TargetVersion ?? list.Version;
        if (!list.Versions.TryGetValue(version, out var entries))
            throw Ec2Errors.InvalidValue("targetVersion", version);
        var page = Page.Of(entries, entry => entry.Cidr.ToString(), request.MaxResults, request.NextToken, PageLimits.OfPrefixLists);
        return new GetManagedPrefixListEntriesResponse
        {
            EntrySet = page.Select(entry => new PrefixListEntryValue { Cidr = entry.Cidr.ToString(), Description = entry.Description }),
            NextToken = page.NextToken,
        };
    }

    public static GetManagedPrefixListAssociationsResponse Associations(GetManagedPrefixListAssociationsRequest request, Network network)
    {
        var list = PrefixList.Find(network, request.PrefixListId);
        var page = Page.Of(UsersOf(list, network), id => id, request.MaxResults, request.NextToken, PageLimits.OfGateways);
        return new GetManagedPrefixListAssociationsResponse
        {
            PrefixListAssociationSet = page.Select(id => new PrefixListAssociation { ResourceId = id, ResourceOwner = network.AccountId }),
            NextToken = page.NextToken,
        };
    }

    /// <summary>The ids of groups and route tables that name a list.</summary>
    public static IEnumerable<string> UsersOf(PrefixList list, Network network) =>
        network
            .SecurityGroups.All.Where(group => group.Rules.Any(rule => rule.Peer is PrefixListPeer peer && peer.PrefixListId == list.Id))
            .Select(group => group.Id)
            .Concat(
                network
                    .RouteTables.All.Where(table =>
                        table.Routes.Any(route => route.Destination is PrefixListDestination named && named.PrefixListId == list.Id)
                    )
                    .Select(table => table.Id)
            );
}
